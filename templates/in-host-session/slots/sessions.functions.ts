/** The request without a session that the rest of the app may have opened: neither of the two sees the other. */
function withoutSession(req: Request): Request & OwnSession {
  const none: PropertyDescriptor = { value: undefined, writable: true, configurable: true };
  return Object.create(req, { session: none, sessionID: none, sessionStore: none });
}

/** What is opened here, whatever the app's own sessions hold. */
interface OwnSession {
  session: session.Session & Partial<session.SessionData>;
}
