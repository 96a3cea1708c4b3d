guard.use(csrf({{join "csrf.arguments"}}));
