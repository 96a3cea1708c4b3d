const refreshCookie = createRefreshCookie(config);
