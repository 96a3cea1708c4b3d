SESSION_SECRETS: ["", /is missing/],
