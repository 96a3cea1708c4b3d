const allowed = origin !== undefined && isAllowedOrigin(origin);

