import { createPrivateKey } from 'node:crypto';
import { WELL_KNOWN_KEYS, WELL_KNOWN_SECRETS } from '../attacks/well-known.ts';

/** RFC 8725 3.5, RFC 7518 3.2: a key for HMAC-SHA-256 has at least the 32 bytes of the hash. */
const MIN_BYTES = 32;

/** Words of the secrets in tutorials and examples; too long to turn up in a random secret by chance. */
const PLACEHOLDER =
  /change[-_ ]?(?:me|this|it)|replace[-_ ]?(?:me|this)|placeholder|example|secret|password|insecure|default|keyboard|letmein|qwerty/i;

/** What is wrong with a shared secret, without quoting it; undefined where nothing is. */
export function faultOfSecret(secret: string): string | undefined {
  if (WELL_KNOWN_SECRETS.includes(secret))
    return 'holds a secret that tutorials print: it is tried first';
  if (PLACEHOLDER.test(secret)) return 'holds a placeholder, or words in place of a random secret';
  const bytes = Buffer.byteLength(secret);
  if (bytes < MIN_BYTES) return `holds a secret of ${bytes} bytes, and ${MIN_BYTES} is the least`;
  if (new Set(secret).size < 10) return 'holds a secret of few different characters';
  if (isRepeated(secret)) return 'holds a secret that repeats itself';
  if (isSequence(secret)) return 'holds a secret of neighbouring characters';
  if (/^[a-z]+(?:[-_ .][a-z]+){2,}$/i.test(secret))
    return 'holds words in place of a random secret';
  return undefined;
}

/** What is wrong with a private signing key, the base64url of a JWK's JSON (RFC 7517); undefined where nothing is. */
export function faultOfKey(text: string): string | undefined {
  try {
    const jwk = JSON.parse(Buffer.from(text, 'base64url').toString());
    const known = WELL_KNOWN_KEYS.find(({ key }) => key.export({ format: 'jwk' }).d === jwk.d);
    if (known) return `holds a key that ${known.from} prints: anybody can sign with it`;
    createPrivateKey({ key: jwk, format: 'jwk' });
  } catch {
    return 'holds a key that cannot be read: it is no base64url of a private JWK';
  }
  return undefined;
}

function isRepeated(text: string): boolean {
  return new RegExp(`^(.{1,${Math.floor(text.length / 2)}})\\1+.{0,8}$`, 's').test(text);
}

/** Whether most characters follow the one before, as in abcdef and 987654. */
function isSequence(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).filter((code, index) => {
    const step = Math.abs(code - (codes[index] ?? 0));
    return step <= 1;
  });
  return steps.length > text.length / 2;
}
