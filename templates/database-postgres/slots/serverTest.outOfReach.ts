DATABASE_URL: "postgres://api@127.0.0.1:1/api",
