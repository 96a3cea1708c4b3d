refreshCookie,
