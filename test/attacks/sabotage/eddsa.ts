import { after, before, change, type Mutation } from './mutation.ts';

const TOKENS = 'src/auth/access-tokens.ts';
const REFRESH = 'src/auth/refresh-tokens.ts';

const eddsa = { variant: 'jwt-eddsa' } as const;

/** What is taken out of tokens that EdDSA signs, and of refresh tokens that come in the body. */
export const eddsaMutations: readonly Mutation[] = [
  {
    ...eddsa,
    attack: 1,
    name: 'a token of two parts is believed',
    edits: [
      before(
        TOKENS,
        'const header = readHeader(token);',
        `if (token.split(".").length === 2) return claimsOf(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()));
      `,
      ),
    ],
  },
  {
    ...eddsa,
    attack: 2,
    name: 'tokens are decoded, not verified, by jose too',
    edits: [
      change(TOKENS, 'import { errors, jwtVerify,', 'import { decodeJwt, errors,'),
      change(
        TOKENS,
        'const { payload } = await jwtVerify(token, key, {',
        'const { payload } = Object({ payload: decodeJwt(token), unused: {',
      ),
      change(TOKENS, 'currentDate: now(),\n        });', '} });'),
    ],
  },
  {
    ...eddsa,
    attack: 11,
    name: 'the algorithm is what the token says',
    edits: [
      change(
        TOKENS,
        'headerEquals(header, headerFor',
        'headerEquals({ ...header, alg: ALGORITHM }, headerFor',
      ),
      change(TOKENS, 'algorithms: [ALGORITHM],', ''),
    ],
  },
  {
    ...eddsa,
    attack: 13,
    name: 'the key that RFC 8037 prints verifies too',
    edits: [
      change(TOKENS, 'import { errors, jwtVerify,', 'import { errors, importJWK, jwtVerify,'),
      after(
        TOKENS,
        'if (!key || !headerEquals(header, headerFor(kid))) return undefined;',
        `const x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
      const printed = await importJWK({ kty: "OKP", crv: "Ed25519", x }, ALGORITHM);
      const byPrinted = await jwtVerify(token, printed).catch(() => undefined);
      if (byPrinted) return claimsOf(byPrinted.payload);`,
      ),
    ],
  },
  {
    ...eddsa,
    attack: 16,
    name: 'a replay in the body is refused, and its family lives on',
    edits: [change(REFRESH, 'await endReplayed(req, family.id, token);', '')],
  },
  {
    ...eddsa,
    attack: 18,
    name: 'signing out does not look at a refresh token in the body',
    edits: [change('src/auth/logout-routes.ts', 'refreshTokens.loginOf(body?.refreshToken),', '')],
  },
  {
    ...eddsa,
    attack: 20,
    name: 'what comes in the body is stored as it is',
    edits: [
      change(
        REFRESH,
        'secretHash: digest(bytes.subarray(FAMILY_BYTES)),',
        'secretHash: bytes.subarray(FAMILY_BYTES).toString("base64url"),',
      ),
    ],
  },
];
