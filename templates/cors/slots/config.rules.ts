.refine(
  ({ NODE_ENV, CORS_ORIGINS }) => NODE_ENV !== "production" || CORS_ORIGINS.every(isConfidential),
  {
    path: ["CORS_ORIGINS"],
    message: "must be https in production, because anyone on the network path can forge http",
  },
)
