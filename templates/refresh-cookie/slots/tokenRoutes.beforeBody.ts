refreshCookie.write(res, login.refreshToken);
