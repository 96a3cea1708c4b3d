DATABASE_TLS:
  settings.DATABASE_TLS ?? (isThisMachine(settings.DATABASE_URL) ? "off" : "verify"),
