import { before, change, type Mutation } from './mutation.ts';

const CONFIG = 'src/config.ts';
const CORS = 'src/security/cors.ts';
const KEYS = 'src/auth/signing-keys.ts';
const SECRETS = 'src/security/secrets.ts';

/** The other attacks are on servers that have started, with good settings. */
const START = { attack: 62, alone: true } as const;

const both = { ...START, variant: 'both-es256' } as const;
const session = { ...START, variant: 'session' } as const;
const hs256 = { ...START, variant: 'jwt-hs256' } as const;
const eddsa = { ...START, variant: 'jwt-eddsa' } as const;

const IS_ORIGIN = 'if (PATTERN.test(origin)) return true;';
const IS_CONFIDENTIAL = 'return origin.startsWith("https://") ||';

/** What is taken out of what a server refuses to start with. */
export const settingMutations: readonly Mutation[] = [
  {
    ...session,
    name: 'a secret that is missing is drawn anew at each start',
    edits: [
      before(
        SECRETS,
        '.transform((value) => value.split(","',
        '.default(() => Array.from({ length: 4 }, () => Math.random().toString(36)).join(""))',
      ),
    ],
  },
  {
    ...session,
    name: 'secrets of 8 bytes',
    edits: [
      change(SECRETS, 'Buffer.byteLength(secret) < MIN_BYTES', 'Buffer.byteLength(secret) < 8'),
    ],
  },
  {
    ...session,
    name: 'placeholders are secrets',
    edits: [change(SECRETS, 'if (PLACEHOLDER.test(secret))', 'if (false)')],
  },
  {
    ...session,
    name: 'one letter 40 times is a secret',
    edits: [change(SECRETS, 'new Set(secret).size < 10', 'new Set(secret).size < 1')],
  },
  {
    ...session,
    name: 'only the first secret is looked at',
    edits: [
      change(
        SECRETS,
        'for (const secret of secrets) {',
        'for (const secret of secrets.slice(0, 1)) {',
      ),
    ],
  },
  {
    ...session,
    name: 'one secret twice',
    edits: [change(CONFIG, '!hasRepeats(settings.SESSION_SECRETS)', 'true')],
  },
  {
    ...START,
    variant: 'both-servers',
    name: 'one secret for two uses',
    edits: [
      change(
        CONFIG,
        '!hasRepeats([...settings.SESSION_SECRETS, ...settings.JWT_SECRETS])',
        '!hasRepeats(settings.SESSION_SECRETS) && !hasRepeats(settings.JWT_SECRETS)',
      ),
    ],
  },
  {
    ...hs256,
    name: 'a refused secret is shown',
    edits: [
      change(
        SECRETS,
        'if (fault) context.addIssue(',
        'if (fault) context.addIssue(secrets.join() + ',
      ),
    ],
  },
  {
    ...session,
    name: 'it does not say which setting is wrong',
    edits: [
      before(CONFIG, '.map(({ path, message }) =>', '.map((issue) => ({ ...issue, path: [] }))'),
    ],
  },
  {
    ...eddsa,
    name: 'a key that is missing is drawn anew at each start',
    edits: [
      change(
        KEYS,
        '.string("is missing: make one with `npm run keys`")',
        `.string().default(() => {
      const pair = process.getBuiltinModule("node:crypto").generateKeyPairSync("ed25519");
      const jwk = { ...pair.privateKey.export({ format: "jwk" }), kid: "drawn", alg: ALGORITHM };
      return Buffer.from(JSON.stringify(jwk)).toString("base64url");
    })`,
      ),
    ],
  },
  {
    ...eddsa,
    name: 'what is no private key is left to the library',
    edits: [change(KEYS, 'if (known.length === keys.length) return known;', 'return known;')],
  },
  {
    ...START,
    variant: 'session-memory',
    name: 'sessions in memory in production',
    edits: [change(CONFIG, 'settings.NODE_ENV !== "production"', 'true')],
  },
  {
    ...both,
    name: 'CORS for everybody',
    edits: [
      change(CORS, IS_ORIGIN, `if (origin === "*") return true;\n  ${IS_ORIGIN}`),
      change(CORS, IS_CONFIDENTIAL, `${IS_CONFIDENTIAL} origin === "*" ||`),
    ],
  },
  {
    ...both,
    name: 'CORS for null',
    edits: [
      change(CORS, IS_ORIGIN, `if (origin === "null") return true;\n  ${IS_ORIGIN}`),
      change(CORS, IS_CONFIDENTIAL, `${IS_CONFIDENTIAL} origin === "null" ||`),
    ],
  },
  {
    ...both,
    name: 'CORS for pages over plain http, in production',
    edits: [change(CONFIG, 'CORS_ORIGINS.every(isConfidential)', 'true')],
  },
  {
    ...both,
    name: 'CORS for all of a top-level domain',
    edits: [change(CORS, '(?:[a-z\\d-]*[a-z\\d])?\\.)+[', '(?:[a-z\\d-]*[a-z\\d])?\\.)*[')],
  },
  {
    ...session,
    name: 'passwords of 4 characters',
    edits: [change(CONFIG, '.min(8).max(64)', '.min(4).max(64)')],
  },
  {
    ...session,
    name: 'a database out of reach is made up in memory',
    edits: [
      change(
        'src/database/client.ts',
        'throw Object.assign(error, { cause });',
        'return new Connection(IN_MEMORY);',
      ),
    ],
  },
];
