DATABASE_URL: "postgres://elsewhere",
