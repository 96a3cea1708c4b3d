import { change, type Mutation } from './mutation.ts';

const PASSWORDS = 'src/auth/passwords.ts';
const POLICY = 'src/auth/password-policy.ts';
const BCRYPT = 'src/auth/bcrypt.ts';
const SCRYPT = 'src/auth/scrypt.ts';
const PBKDF2 = 'src/auth/pbkdf2.ts';

const session = { variant: 'session' } as const;
const hs256 = { variant: 'jwt-hs256' } as const;
const eddsa = { variant: 'jwt-eddsa' } as const;
const both = { variant: 'both-es256' } as const;

/** What is taken out of how passwords are measured and hashed: of the four projects of each change, each has another hash. */
export const hashMutations: readonly Mutation[] = [
  {
    ...both,
    attack: 43,
    name: 'length is counted in units of UTF-16',
    edits: [change(POLICY, '[...password].length', 'password.length')],
  },
  {
    ...session,
    attack: 43,
    name: 'no longest password',
    edits: [change(POLICY, 'if (length > MAX_LENGTH) {', 'if (false) {')],
  },
  {
    ...hs256,
    attack: 43,
    name: 'more bytes than bcrypt reads',
    edits: [change(POLICY, 'if (Buffer.byteLength(password) > MAX_BYTES) {', 'if (false) {')],
  },
  {
    ...both,
    attack: 46,
    name: 'passwords are cut at 72 characters',
    edits: [
      change(
        PASSWORDS,
        'return password.normalize("NFC");',
        'return password.normalize("NFC").slice(0, 72);',
      ),
    ],
  },
  {
    ...both,
    attack: 46,
    name: 'a NUL is left to HMAC',
    edits: [change(PBKDF2, 'return matches && takes(password);', 'return matches;')],
  },
  {
    ...hs256,
    attack: 46,
    name: 'what comes after 72 bytes is left to bcrypt',
    edits: [change(BCRYPT, 'Buffer.byteLength(password) <= 72 && ', '')],
  },
  {
    ...hs256,
    attack: 46,
    name: 'a NUL is left to bcrypt',
    edits: [change(BCRYPT, ' && !password.includes("\\0")', '')],
  },
  {
    ...eddsa,
    attack: 46,
    name: 'a NUL is left to the HMAC of scrypt',
    edits: [change(SCRYPT, 'return matches && takes(password);', 'return matches;')],
  },
  {
    ...eddsa,
    attack: 46,
    name: 'the result of scrypt is not looked at',
    edits: [change(SCRYPT, 'return matches && takes(password);', 'return takes(password);')],
  },
  {
    ...hs256,
    attack: 46,
    name: 'the result of bcrypt is not looked at',
    edits: [change(BCRYPT, 'return matches && takes(password);', 'return takes(password);')],
  },
  {
    ...session,
    attack: 46,
    name: 'the result of Argon2id is not looked at',
    edits: [
      change(
        'src/auth/argon2id.ts',
        'verify: (stored, password) => verify(stored, password),',
        'verify: async (stored, password) => Boolean(verify(stored, password)),',
      ),
    ],
  },
  {
    ...session,
    attack: 46,
    name: 'spaces around a password are cut off',
    edits: [
      change(
        PASSWORDS,
        'return password.normalize("NFC");',
        'return password.normalize("NFC").trim();',
      ),
    ],
  },
  {
    ...both,
    attack: 47,
    name: 'one salt for all',
    edits: [
      change(
        PBKDF2,
        'const salt = randomBytes(SALT_BYTES);',
        'const salt = Buffer.alloc(SALT_BYTES);',
      ),
    ],
  },
  {
    ...both,
    attack: 47,
    name: 'old hashes stay',
    edits: [
      change(PASSWORDS, '!(current.recognises(stored) && current.isCurrent(stored))', 'false'),
    ],
  },
  {
    ...both,
    attack: 47,
    name: 'PBKDF2 with 100,000 rounds',
    edits: [
      change(
        PBKDF2,
        'number = PBKDF2_ITERATIONS)',
        'number = Math.min(PBKDF2_ITERATIONS, 100_000))',
      ),
    ],
  },
  {
    ...hs256,
    attack: 47,
    name: 'bcrypt at a cost of 10',
    edits: [change(BCRYPT, 'number = BCRYPT_COST)', 'number = Math.min(BCRYPT_COST, 10))')],
  },
  {
    ...eddsa,
    attack: 47,
    name: "scrypt at Node's own cost, 2^14",
    edits: [
      change(
        SCRYPT,
        '} = SCRYPT_COST,',
        '} = { ...SCRYPT_COST, ln: Math.min(SCRYPT_COST.ln, 14) },',
      ),
    ],
  },
  ...(
    [
      ['Argon2id with 4 MiB', 'memoryCost: Math.min(ARGON2ID_COST.memoryCost, 4096)'],
      ['Argon2id in one pass', 'timeCost: 1'],
    ] as const
  ).map(([name, cost]) => ({
    ...session,
    attack: 47,
    name,
    edits: [
      change('src/auth/argon2id.ts', '} = ARGON2ID_COST,', `} = { ...ARGON2ID_COST, ${cost} },`),
    ],
  })),
];
