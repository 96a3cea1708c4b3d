sessions.loginOf(req),
