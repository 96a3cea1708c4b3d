if (!(await openLogins.renew(renewed.id, { ...renewed, user }))) {
  // Whoever empties Redis signs everybody out: there is no access token for a login that it does not know.
  await services.logins.end(renewed.id);
  throw invalidRefreshToken();
}
