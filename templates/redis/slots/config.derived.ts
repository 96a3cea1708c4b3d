REDIS_TLS: settings.REDIS_TLS ?? (needsTls(settings.REDIS_URL) ? "verify" : "off"),
