/** Seconds between being told to stop and taking no new connections. */
SHUTDOWN_DELAY: z.coerce.number().int().min(0).max(300).default(0),
