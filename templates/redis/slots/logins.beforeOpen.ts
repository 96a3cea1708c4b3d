// Before its row: what deletes the row then finds the entry too.
const entry = { id, user, createdAt: at, lastSeenAt: at, expiresAt: login.expiresAt };
{{join "logins.whichEntries"}}await openLogins.open({{join "logins.entryKey"}}, entry);
