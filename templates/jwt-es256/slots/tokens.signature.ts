
/** Signs as the server does, by other code than the server's. */
export function signature(input: string): string {
  const key = createPrivateKey({ key: PRIVATE_JWK, format: "jwk" });
  const signed = sign("sha256", Buffer.from(input), { key, dsaEncoding: "ieee-p1363" });
  return signed.toString("base64url");
}
