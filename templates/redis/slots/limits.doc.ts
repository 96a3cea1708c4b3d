/**
 * Limits guessing (ASVS v5.0.0-6.3.1, NIST SP 800-63B-4 3.2.2). Counts live in Redis, so neither a restart nor a second
 * process forgets them. A limit ends by itself when its window does; logins that are open stay open.
 */
