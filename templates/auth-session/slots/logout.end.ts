const loginId = await sessions.loginOf(req);
if (loginId !== undefined) {
  await logins.end(loginId);
  logEvent(log, "login.ended", { loginId, ip: req.ip });
}
