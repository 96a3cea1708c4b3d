const openLogins = createOpenLogins(db);

