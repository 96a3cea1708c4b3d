const body = logoutBody.parse(req.body);
