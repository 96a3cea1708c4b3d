// The browser is about to forget the token of the former one (ASVS v5.0.0-7.2.4).
if (former !== undefined) {
  await logins.end(former);
  logEvent(log, "login.ended", { loginId: former, ip: req.ip });
}
