/** They sign the session cookie. */
SESSION_SECRETS: secretList(),
SESSION_IDLE_TTL: seconds(30 * 60),
SESSION_ABSOLUTE_TTL: seconds(8 * 60 * 60),
