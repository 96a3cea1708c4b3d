await openLogins.renew(renewed.id, { ...renewed, user });
