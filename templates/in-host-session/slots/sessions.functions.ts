/** The request without a session that the rest of the app may have opened: neither of the two sees the other. */
function withoutSession(req: Request): Request {
  const none = { value: undefined, writable: true, configurable: true };
  return Object.create(req, { session: none, sessionID: none, sessionStore: none });
}
