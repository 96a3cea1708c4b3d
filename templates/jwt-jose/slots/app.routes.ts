app.use(auth.jwks);
