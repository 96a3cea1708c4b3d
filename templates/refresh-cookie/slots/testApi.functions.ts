
/** The refresh token that an answer hands out. */
export function refreshTokenOf(answer: Answer): string {
  return cookieOf(answer, "refresh").slice("refresh=".length);
}

/** What a client sends to use a refresh token. */
export function withRefreshToken(token: string): Call {
  return { headers: { Cookie: `refresh=${token}` } };
}
