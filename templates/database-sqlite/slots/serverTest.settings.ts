DATABASE_URL: "file:app.db",
