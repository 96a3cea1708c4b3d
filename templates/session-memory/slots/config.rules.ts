.refine((settings) => settings.NODE_ENV !== "production", {
  path: ["NODE_ENV"],
  message: "sessions in memory are for development: choose another store for production",
})
