session: sessions.open,
