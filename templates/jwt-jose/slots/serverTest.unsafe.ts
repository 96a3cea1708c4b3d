JWT_PRIVATE_KEYS: ["", /is missing/],
