bearer.loginOf(req),
