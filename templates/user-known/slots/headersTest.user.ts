user: { id: "a user", email: "user@example.com", createdAt: new Date() },
