
/** The refresh token that an answer hands out. */
export function refreshTokenOf(answer: Answer): string {
  return answer.json.refreshToken;
}

/** What a client sends to use a refresh token. */
export function withRefreshToken(token: string): Call {
  return { body: { refreshToken: token } };
}
