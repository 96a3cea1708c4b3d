DATABASE_TLS: settings.DATABASE_TLS ?? (needsTls(settings.DATABASE_URL) ? "verify" : "off"),
