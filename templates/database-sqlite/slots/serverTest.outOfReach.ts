DATABASE_URL: "file:.",
