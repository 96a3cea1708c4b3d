const openLogins = createOpenLogins(db);
