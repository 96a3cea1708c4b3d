const body = readBody(logoutBody, req);
const carried = await Promise.all([
  {{> logout.find}}
]);
for (const loginId of new Set(carried)) {
  if (loginId === undefined) continue;
  await logins.end(loginId);
  logEvent(log, "login.ended", { loginId, ip: req.ip });
}
