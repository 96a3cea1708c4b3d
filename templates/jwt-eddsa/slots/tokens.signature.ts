
/** Signs as the server does, by other code than the server's. */
export function signature(input: string): string {
  const key = createPrivateKey({ key: PRIVATE_JWK, format: "jwk" });
  return sign(null, Buffer.from(input), key).toString("base64url");
}
