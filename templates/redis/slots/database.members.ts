/** Where the open logins and what sessions hold are kept. */
redis,
