REDIS_URL: "http://127.0.0.1:6379",
REDIS_TLS: "on",
