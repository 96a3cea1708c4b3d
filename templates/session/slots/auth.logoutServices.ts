sessions,
