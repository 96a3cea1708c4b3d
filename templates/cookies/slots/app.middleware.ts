app.use(csrf({{join "csrf.arguments"}}));
