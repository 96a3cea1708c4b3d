await sessions.end(req, res);
