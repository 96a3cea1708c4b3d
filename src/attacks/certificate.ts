import { createPublicKey, type KeyObject, sign } from 'node:crypto';

/**
 * A certificate that a key signs for itself (RFC 5280 4.1): for nobody by name, from 2024 to 2124.
 *
 * @param key Ed25519 or ECDSA on P-256
 * @returns it as `x5c` has it, in base64
 */
export function selfSigned(key: KeyObject): string {
  const isEc = key.asymmetricKeyType === 'ec';
  const algorithm = der(0x30, Buffer.from(isEc ? ECDSA_WITH_SHA256 : ED25519, 'hex'));
  const nobody = der(0x30);
  const until = der(0x18, Buffer.from('21240101000000Z'));
  const body = der(
    0x30,
    der(0xa0, der(2, Buffer.of(2))), // version 3
    der(2, Buffer.of(1)),
    algorithm,
    nobody,
    der(0x30, der(0x17, Buffer.from('240101000000Z')), until),
    nobody,
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
  );
  const signature = sign(isEc ? 'sha256' : null, body, key);
  return der(0x30, body, algorithm, der(3, Buffer.of(0), signature)).toString('base64');
}

/** Object identifiers in DER. */
const ECDSA_WITH_SHA256 = '06082a8648ce3d040302';
const ED25519 = '06032b6570';

/** One value in DER, of less than 256 bytes. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : [0x81, body.length];
  return Buffer.concat([Buffer.of(tag, ...length), body]);
}
