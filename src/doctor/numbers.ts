import type { Defence } from './defence.ts';
import type { Bound } from './quantities.ts';

/** A line that holds as long as its numbers are as strict as they were made, however they are written. */
export interface NumericDefence extends Defence {
  /** For each number in the line, in turn. */
  readonly bounds: readonly Bound[];
}

export const NUMBERS: readonly NumericDefence[] = [
  ...of('src/config.ts', [
    [
      'PASSWORD_MIN_LENGTH: z.coerce.number().int().min(8).max(64).default(15)',
      'short passwords are taken',
      'NIST SP 800-63B-4 3.1.1.2',
      ['at least', 'any', 'at least'],
    ],
    [
      'ACCESS_TOKEN_TTL: seconds(10 * 60, DAY)',
      'a stolen token works longer',
      'RFC 6750 5.3',
      ['at most', 'at most'],
    ],
    [
      'REFRESH_TOKEN_TTL: seconds(30 * DAY)',
      'a login lasts longer',
      'ASVS v5.0.0-10.4.8',
      ['at most'],
    ],
    [
      'REFRESH_IDLE_TTL: seconds(7 * DAY)',
      'an unused login lasts longer',
      'RFC 9700 4.14.2',
      ['at most'],
    ],
    [
      'REFRESH_LEEWAY: z.coerce.number().int().min(0).max(60).default(0)',
      'used refresh tokens come again for longer',
      'RFC 9700 4.14.2',
      ['any', 'at most', 'at most'],
    ],
    [
      'SESSION_IDLE_TTL: seconds(30 * 60)',
      'an unused session lasts longer',
      'ASVS v5.0.0-7.3.1',
      ['at most'],
    ],
    [
      'SESSION_ABSOLUTE_TTL: seconds(8 * 60 * 60)',
      'a session lasts longer',
      'ASVS v5.0.0-7.3.2',
      ['at most'],
    ],
  ]),
  ...of('src/security/headers.ts', [
    [
      'HSTS_MAX_AGE = 63_072_000',
      'a security header is weaker or gone',
      'ASVS v5.0.0-3.4',
      ['at least'],
    ],
  ]),
  ...of('src/security/secrets.ts', [
    ['MIN_BYTES = 32', 'short secrets are taken', 'RFC 8725 3.5', ['at least']],
  ]),
  ...of('src/http/json-body.ts', [
    ['limit: "16kb"', 'large bodies are read', 'ASVS v5.0.0-15.2.2', ['at most']],
  ]),
  ...of('src/http/http-server.ts', [
    [
      'headersTimeout: 15_000',
      'slow clients keep connections open',
      'ASVS v5.0.0-15.2.2',
      ['at most, not 0'],
    ],
    [
      'requestTimeout: 30_000',
      'slow clients keep connections open',
      'ASVS v5.0.0-15.2.2',
      ['at most, not 0'],
    ],
  ]),
  ...of('src/auth/refresh-tokens.ts', [
    ['SECRET_BYTES = 32', 'refresh tokens can be guessed', 'ASVS v5.0.0-7.2.3', ['at least']],
  ]),
  ...of('src/auth/sessions.ts', [
    [
      'randomBytes(32).toString("base64url")',
      'session ids can be guessed',
      'ASVS v5.0.0-7.2.3',
      ['at least'],
    ],
  ]),
  ...of('src/auth/failure-limits.ts', [
    ['PER_ACCOUNT = 10', 'more guesses at one account', 'NIST SP 800-63B-4 3.2.2', ['at most']],
    ['PER_ADDRESS = 50', 'more guesses from one address', 'ASVS v5.0.0-6.3.1', ['at most']],
    ['TAKEN_PER_ADDRESS = 20', 'more emails can be asked for', 'ASVS v5.0.0-6.3.8', ['at most']],
    [
      'WINDOW_SECONDS = 15 * 60',
      'guesses are forgotten, or lock for long',
      'ASVS v5.0.0-6.1.1',
      ['exactly'],
    ],
  ]),
  ...of('src/auth/password-policy.ts', [
    ['MAX_BYTES = 72', 'long passwords are cut', 'ASVS v5.0.0-6.2.8', ['at most']],
  ]),
  ...of('src/auth/argon2id.ts', [
    [
      'memoryCost: 19_456, timeCost: 2, parallelism: 1',
      'stolen passwords are cheaper to guess',
      'ASVS v5.0.0-11.4.2',
      ['at least', 'at least', 'at least'],
    ],
  ]),
  ...of('src/auth/bcrypt.ts', [
    [
      'BCRYPT_COST = 12',
      'stolen passwords are cheaper to guess',
      'ASVS v5.0.0-11.4.2',
      ['at least'],
    ],
  ]),
  ...of('src/auth/scrypt.ts', [
    [
      '{ ln: 17, r: 8, p: 1 }',
      'stolen passwords are cheaper to guess',
      'ASVS v5.0.0-11.4.2',
      ['at least', 'at least', 'at least'],
    ],
  ]),
  ...of('src/auth/pbkdf2.ts', [
    [
      'PBKDF2_ITERATIONS = 600_000',
      'stolen passwords are cheaper to guess',
      'ASVS v5.0.0-11.4.2',
      ['at least'],
    ],
  ]),
];

type Row = readonly [code: string, without: string, requirement: string, bounds: readonly Bound[]];

function of(file: string, rows: readonly Row[]): readonly NumericDefence[] {
  return rows.map(([code, without, requirement, bounds]) => ({
    file,
    code,
    without,
    requirement,
    bounds,
  }));
}
