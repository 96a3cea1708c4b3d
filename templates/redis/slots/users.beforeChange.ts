await openLogins.reachable();
