["POST", "/auth/refresh"],
