/** Reads the session of each request; put it before everything that asks who is signed in. */
sessions: sessions.middleware,
