return new Set(COMMON_PASSWORDS.split("\n").slice(1));
