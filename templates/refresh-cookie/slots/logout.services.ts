refreshCookie: RefreshCookie;
