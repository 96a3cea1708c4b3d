router.use(sessionRoutes({ log, signIn, sessions }));
