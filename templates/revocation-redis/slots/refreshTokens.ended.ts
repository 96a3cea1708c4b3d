if (ended) await openLogins.forget([ended]);
