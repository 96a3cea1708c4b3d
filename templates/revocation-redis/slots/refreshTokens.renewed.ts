const isOpen = await openLogins.renew(renewed.id, { ...renewed, user });
// Whoever empties Redis signs everybody out. Where the row is gone as well, a replay came in between: this use has
// won all the same, and its tokens are dead like the family.
if (!isOpen && (await services.logins.endOwn(renewed.userId, renewed.id))) {
  throw invalidRefreshToken();
}
