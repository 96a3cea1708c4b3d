REDIS_TLS:
  settings.REDIS_TLS ??
  (/^rediss:/.test(settings.REDIS_URL) || needsTls(settings.REDIS_URL) ? "verify" : "off"),
