
/** Signs as the server does, by other code than the server's. */
export function signature(input: string): string {
  return createHmac("sha256", SETTINGS.JWT_SECRETS).update(input).digest("base64url");
}
