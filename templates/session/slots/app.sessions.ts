app.use(auth.sessions);
