{{setting "JWT_ISSUER" name}}
{{setting "JWT_AUDIENCE" name}}
ACCESS_TOKEN_TTL: seconds(10 * 60, DAY),
/** The longest that a user stays signed in, however often the refresh token is used. */
REFRESH_TOKEN_TTL: seconds(30 * DAY),
/** The longest that a refresh token waits to be used. */
REFRESH_IDLE_TTL: seconds(7 * DAY),
/** How long a used refresh token may come again without ending its family: for clients with many tabs. */
REFRESH_LEEWAY: z.coerce.number().int().min(0).max(60).default(0),
