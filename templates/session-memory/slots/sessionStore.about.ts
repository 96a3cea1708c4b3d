/**
 * Keeps what sessions hold in this process: a restart signs everybody out and a second process knows nothing of them,
 * so the server refuses to start with it in production. Which sessions are open still stands in `logins`, and a
 * session without its row there is closed.
 */
