import type { Answers, HelmetHeaders, ProjectAnswers } from '../../src/options/answers.ts';
import { strictHeaders } from '../../src/options/kinds/headers.ts';

/** One project that can be made: what it is called here, and its answers. */
export interface Variant {
  readonly label: string;
  readonly answers: ProjectAnswers;
}

type Login = Pick<
  Answers,
  'auth' | 'jwtAlgorithm' | 'refreshTransport' | 'revocation' | 'sessionStore'
>;

/** Every password hash. */
export const HASHES = ['argon2id', 'bcrypt', 'scrypt', 'pbkdf2'] as const;
const DATABASES = ['sqlite', 'postgres'] as const;
const TEST_RUNNERS = ['vitest', 'node'] as const;
const PACKAGE_MANAGERS = ['npm', 'pnpm', 'yarn', 'bun'] as const;

/** One exact origin, and patterns that need more than one line. */
export const CORS: Readonly<Record<string, readonly string[]>> = {
  none: [],
  exact: ['https://app.example.com'],
  pattern: ['https://*.example.com', 'https://partner.example.org', 'http://localhost:5173'],
};

/** The opposite of every strict header. */
const LOOSE_HEADERS: HelmetHeaders = {
  contentSecurityPolicy: 'web',
  strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true, preload: true },
  xFrameOptions: 'SAMEORIGIN',
  referrerPolicy: 'strict-origin-when-cross-origin',
  crossOriginOpenerPolicy: 'same-origin-allow-popups',
  crossOriginEmbedderPolicy: 'credentialless',
  crossOriginResourcePolicy: 'cross-origin',
  permissionsPolicy: 'camera=(self "https://meet.example.com"), geolocation=()',
  xContentTypeOptions: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  originAgentCluster: false,
};

/** Every header left out that can be. */
const NO_HEADERS = Object.fromEntries(
  Object.keys(strictHeaders).map((name) => [name, false]),
) as unknown as HelmetHeaders;

export const HELMETS: Readonly<Record<string, Pick<Answers, 'helmet' | 'helmetHeaders'>>> = {
  strict: { helmet: 'strict' },
  web: { helmet: 'web' },
  loose: { helmet: 'custom', helmetHeaders: LOOSE_HEADERS },
  custom: { helmet: 'custom', helmetHeaders: strictHeaders },
  bare: { helmet: 'custom', helmetHeaders: NO_HEADERS },
};

/**
 * Every combination of the answers that shape a project.
 *
 * @param others the databases and the package managers. `each`: every one of them with each combination. `in turn`:
 *   one with each, so that every one meets every two other answers.
 */
export function everyVariant(others: 'each' | 'in turn' = 'in turn'): readonly Variant[] {
  const axes: readonly Axis[] = [
    Object.entries(logins()),
    HASHES.map((hash) => [hash, { hash }] as const),
    Object.entries(CORS).map(([id, corsOrigins]) => [id, { corsOrigins }] as const),
    Object.entries(HELMETS),
    TEST_RUNNERS.map((testRunner) => [testRunner, { testRunner }] as const),
  ];
  return product(axes).flatMap(({ labels, answers, places }) => {
    const take = <T>(choices: readonly T[], turn: number) =>
      choices.filter((_, index) => others === 'each' || index === turn % choices.length);
    // The turns depend on different axes: so each database meets each package manager.
    const managers = take(PACKAGE_MANAGERS, sum(places));
    const databases = take(DATABASES, sum(places.filter((_, axis) => axis % 2 === 0)));
    return managers.flatMap((packageManager) =>
      databases.map((database) => ({
        label: [...labels, database, packageManager].join('_'),
        answers: answersOf({ ...answers, database, packageManager }),
      })),
    );
  });
}

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);

/** Projects of which something was another before: each hash, with all others behind it, and the database. */
export function movedVariants(): readonly Variant[] {
  const rehashed = HASHES.map((hash) => ({
    label: `rehashed_${hash}`,
    answers: {
      ...answersOf({ hash }),
      formerHashes: HASHES.filter((other) => other !== hash),
    },
  }));
  const copied = (['database', 'redis'] as const).map((sessionStore) => ({
    label: `copied_${sessionStore}`,
    answers: {
      ...answersOf({ database: 'postgres', sessionStore }),
      formerDatabase: 'sqlite' as const,
    },
  }));
  return [...rehashed, ...copied];
}

/** A project of the defaults, but for what is said otherwise. */
export function answersOf(answers: Partial<Answers>): Answers {
  return {
    name: 'my-api',
    auth: 'session',
    ...(answers.auth === 'jwt' ? {} : { sessionStore: 'database' }),
    ...(answers.auth === 'jwt' || answers.auth === 'both'
      ? { jwtAlgorithm: 'HS256', refreshTransport: 'cookie', revocation: 'expiry' }
      : {}),
    hash: 'argon2id',
    database: 'sqlite',
    corsOrigins: [],
    helmet: 'strict',
    testRunner: 'vitest',
    packageManager: 'npm',
    git: true,
    install: true,
    ...answers,
  };
}

/**
 * A small set in which every two answers that can meet do meet. Greedy, and the same each time.
 *
 * @param axes what tells two variants apart
 */
export function pairwise(
  variants: readonly Variant[],
  axes: readonly (keyof Answers)[],
): readonly Variant[] {
  const candidates = variants.map((variant) => ({ variant, pairs: pairsOf(variant, axes) }));
  const open = new Set(candidates.flatMap(({ pairs }) => pairs));
  const chosen: Variant[] = [];
  while (open.size > 0) {
    let best: { variant: Variant; gain: number } | undefined;
    for (const { variant, pairs } of candidates) {
      const gain = pairs.filter((pair) => open.has(pair)).length;
      if (gain > (best?.gain ?? 0)) best = { variant, gain };
    }
    if (!best) break;
    chosen.push(best.variant);
    for (const pair of pairsOf(best.variant, axes)) open.delete(pair);
  }
  return chosen;
}

function pairsOf({ answers }: Variant, axes: readonly (keyof Answers)[]): readonly string[] {
  const values = axes
    .filter((axis) => answers[axis] !== undefined)
    .map((axis) => `${axis}=${JSON.stringify(answers[axis])}`);
  return values.flatMap((one, index) => values.slice(index + 1).map((other) => `${one} ${other}`));
}

/** Every way to be signed in, by what it is called here: the full product of what decides about it. */
export function logins(): Readonly<Record<string, Login>> {
  const found: Record<string, Login> = {};
  const stores = ['database', 'redis', 'memory'] as const;
  for (const sessionStore of stores) {
    found[`session-${sessionStore}`] = { auth: 'session', sessionStore };
  }
  for (const jwtAlgorithm of ['HS256', 'EdDSA', 'ES256'] as const) {
    for (const refreshTransport of ['cookie', 'body'] as const) {
      for (const revocation of ['expiry', 'instant'] as const) {
        const tokens = { jwtAlgorithm, refreshTransport, revocation };
        const label = `${jwtAlgorithm}-${refreshTransport}-${revocation}`.toLowerCase();
        found[`jwt-${label}`] = { auth: 'jwt', ...tokens };
        for (const sessionStore of stores) {
          found[`both-${label}-${sessionStore}`] = { auth: 'both', ...tokens, sessionStore };
        }
      }
    }
  }
  return found;
}

type Axis = readonly (readonly [label: string, answers: Partial<Answers>])[];

interface Choice {
  readonly labels: readonly string[];
  readonly answers: Partial<Answers>;
  /** Which choice of each axis it takes. */
  readonly places: readonly number[];
}

/** Every way to take one choice of each axis. */
function product(axes: readonly Axis[]): readonly Choice[] {
  return axes.reduce<readonly Choice[]>(
    (choices, axis) =>
      choices.flatMap(({ labels, answers, places }) =>
        axis.map(([label, more], place) => ({
          labels: [...labels, label],
          answers: { ...answers, ...more },
          places: [...places, place],
        })),
      ),
    [{ labels: [], answers: {}, places: [] }],
  );
}
