JWT_SECRETS: ["change-me-change-me-change-me-1234567", /placeholder/],
