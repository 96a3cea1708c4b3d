refreshCookie.clear(res);
