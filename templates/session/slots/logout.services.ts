sessions: Sessions;
