guard.use(csrf(log, {{join "isAllowedOrigin"}}));
