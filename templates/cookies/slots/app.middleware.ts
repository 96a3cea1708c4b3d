app.use(csrf(log, {{join "isAllowedOrigin"}}));
