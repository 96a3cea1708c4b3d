import {
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
} from 'node:crypto';
import type { Answers } from '../options/answers.ts';
import type { Settings } from './attack.ts';

export type Members = Readonly<Record<string, unknown>>;

/** Signs the first two parts of a token. */
export type Signer = (input: string) => string;

export type Algorithm = NonNullable<Answers['jwtAlgorithm']>;

/** One part of a token. */
export function encodePart(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Reads a token without checking it. */
export function decodeToken(token: string): { readonly header: Members; readonly claims: Members } {
  const [header, claims] = token
    .split('.', 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
  return { header, claims };
}

/** Makes a token; members that are undefined are left out. */
export function mint(header: Members, claims: Members, signer: Signer): string {
  const input = `${encodePart(header)}.${encodePart(claims)}`;
  return `${input}.${signer(input)}`;
}

/** HMAC (RFC 7518 3.2) with any bytes as the key. */
export function hmacSigner(key: string | Buffer, hash = 'sha256'): Signer {
  return (input) => createHmac(hash, key).update(input).digest('base64url');
}

/** Ed25519 (RFC 8037 3.1) or ECDSA on P-256 (RFC 7518 3.4). */
export function keySigner(key: KeyObject): Signer {
  const hash = key.asymmetricKeyType === 'ec' ? 'sha256' : null;
  return (input) =>
    sign(hash, Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
}

/** Signs as the server does, with the keys of its environment. */
export function serverSigner(algorithm: Algorithm, settings: Settings): Signer {
  if (algorithm === 'HS256') return hmacSigner(firstOf(settings, 'JWT_SECRETS'));
  return keySigner(createPrivateKey({ key: firstKey(settings), format: 'jwk' }));
}

/** The private JWK that the server signs with, with its kid. */
export function firstKey(settings: Settings): JsonWebKey & { readonly kid?: string } {
  return JSON.parse(Buffer.from(firstOf(settings, 'JWT_PRIVATE_KEYS'), 'base64url').toString());
}

/** A session cookie as the server signs it: HMAC-SHA-256 over the id, in base64 without padding. */
export function signedCookie(id: string, secret: string): string {
  const signature = createHmac('sha256', secret).update(id).digest('base64').replace(/=+$/, '');
  return encodeURIComponent(`s:${id}.${signature}`);
}

/** A key of the attacker's own, for an algorithm that the server knows. */
export interface ForeignKey {
  readonly sign: Signer;
  /** What a verifier needs. */
  readonly publicJwk: JsonWebKey;
  readonly privateJwk: JsonWebKey;
}

/** Draws a key. */
export function drawKey(algorithm: Algorithm): ForeignKey {
  if (algorithm === 'HS256') {
    const k = 'an-attackers-own-key-of-more-than-32-bytes';
    const jwk = { kty: 'oct', k: Buffer.from(k).toString('base64url') };
    return { sign: hmacSigner(k), publicJwk: jwk, privateJwk: jwk };
  }
  const { publicKey, privateKey } =
    algorithm === 'EdDSA'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    sign: keySigner(privateKey),
    publicJwk: publicKey.export({ format: 'jwk' }),
    privateJwk: privateKey.export({ format: 'jwk' }),
  };
}

function firstOf(settings: Settings, name: string): string {
  const [first = ''] = (settings[name] ?? '').split(',');
  if (!first.trim()) throw new Error(`the environment given has no ${name}`);
  return first.trim();
}
