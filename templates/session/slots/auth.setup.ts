const store = new SessionStore(db, config, now);
const sessions = createSessions(config, store, logins, now);
