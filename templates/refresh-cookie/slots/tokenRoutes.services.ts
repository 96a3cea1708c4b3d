logins: Logins;
refreshCookie: RefreshCookie;
