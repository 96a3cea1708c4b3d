await openLogins.beThere();
