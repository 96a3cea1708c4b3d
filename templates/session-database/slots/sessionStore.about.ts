/**
 * Keeps sessions in the rows of `logins`. A row is made by signing in and by nothing else: an unknown id makes none,
 * and a session that one request ended is not brought back by another that was still running.
 */
