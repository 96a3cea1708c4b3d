router.use(
  tokenRoutes({ {{join "tokenRoutes.names"}} }),
);
