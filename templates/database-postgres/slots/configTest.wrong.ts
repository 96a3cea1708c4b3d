DATABASE_URL: "file:./data/app.db",
DATABASE_TLS: "on",
DATABASE_POOL_MAX: "0",
