import type { Environment } from './environment.ts';
import { type Examined, Sight } from './finding.ts';
import { NotKnown } from './not-known.ts';
import type { ProjectRecord } from './record.ts';

/** A number whose loosest safe value is what the project was made with. */
interface Bound {
  readonly name: string;
  readonly loosest: number;
  readonly direction: 'at most' | 'at least';
  readonly unit: string;
  readonly requirement: string;
}

const BOUNDS: readonly Bound[] = [
  bound('PASSWORD_MIN_LENGTH', 'at least', 15, 'characters', 'NIST SP 800-63B-4 3.1.1.2'),
  bound('ACCESS_TOKEN_TTL', 'at most', 600, 'seconds', 'RFC 6750 5.3'),
  bound('REFRESH_TOKEN_TTL', 'at most', 2_592_000, 'seconds', 'ASVS v5.0.0-10.4.8'),
  bound('REFRESH_IDLE_TTL', 'at most', 604_800, 'seconds', 'RFC 9700 4.14.2'),
  bound('REFRESH_LEEWAY', 'at most', 10, 'seconds', 'RFC 9700 4.14.2'),
  bound('SESSION_IDLE_TTL', 'at most', 1800, 'seconds', 'ASVS v5.0.0-7.3.1'),
  bound('SESSION_ABSOLUTE_TTL', 'at most', 28_800, 'seconds', 'ASVS v5.0.0-7.3.2'),
];

/** The settings in `.env`, against what the project was made with. */
export function examineSettings(
  { answers }: ProjectRecord,
  environment: Environment | NotKnown | undefined,
): Examined {
  const sight = new Sight('settings');
  if (environment instanceof NotKnown) return sight.examined('.env cannot be read');
  if (!environment) return sight.examined('no .env');
  const { settings } = environment;
  for (const one of BOUNDS) checkBound(sight, one, settings[one.name]);
  checkOrigins(sight, answers.corsOrigins, environment);
  checkProxy(sight, settings.TRUST_PROXY);
  checkOthers(sight, environment);
  return sight.examined(`settings in .env: ${Object.keys(settings).length}`);
}

function checkBound(sight: Sight, one: Bound, text: string | undefined): void {
  if (text === undefined) return;
  const { name, loosest, direction, unit, requirement } = one;
  const value = Number(text);
  const limit = `${direction} ${loosest} ${unit}`;
  if (!Number.isFinite(value)) {
    sight.find(name, `is no number; ${limit} is safe`, requirement, `Take ${name} out of .env.`);
  } else if (direction === 'at most' ? value > loosest : value < loosest) {
    sight.find(name, `is ${value}; ${limit} is safe`, requirement, `Take ${name} out of .env.`);
  }
}

function checkOrigins(
  sight: Sight,
  recorded: readonly string[],
  { settings: { CORS_ORIGINS, NODE_ENV }, nameOf }: Environment,
): void {
  if (CORS_ORIGINS === undefined || CORS_ORIGINS.trim() === 'none') return;
  for (const origin of CORS_ORIGINS.split(',').map((one) => one.trim())) {
    if (recorded.includes(origin)) continue;
    const isOwn = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(origin);
    if (isOwn && NODE_ENV !== 'production') continue;
    const pattern = /^https:\/\/\*(\..+)$/.exec(origin)?.[1];
    const narrower = recorded.some((one) => {
      const suffix = /^https:\/\/\*(\..+)$/.exec(one)?.[1];
      return suffix && !pattern && /^https:\/\/[\w-]+\./.test(origin) && origin.endsWith(suffix);
    });
    if (narrower) continue;
    sight.find(
      nameOf('CORS_ORIGINS'),
      `lets “${origin}” act as a user from a browser, which the answers do not${recorded.length === 0 ? '; this project has no CORS, so it has no effect yet' : ''}`,
      'ASVS v5.0.0-3.4.2',
      'Take it out, or make it an answer: an exact https origin that is yours.',
    );
  }
}

function checkProxy(sight: Sight, value: string | undefined): void {
  if (value === undefined || /^\d{1,2}$/.test(value)) return;
  for (const subnet of value.split(',').map((one) => one.trim())) {
    const bits = Number(/\/(\d+)$/.exec(subnet)?.[1] ?? 128);
    const isWide = subnet.includes(':') ? bits < 7 : bits < 8;
    // Written so, proxy-addr before 2.0.8 takes every IPv4 address for a proxy (CVE-2026-90711).
    const isMapped = /^::ffff:/i.test(subnet) && bits < 104;
    const isAddress = /^(?:[\d.]+|[\da-f:.]*:[\da-f:.]*)(?:\/\d+)?$/i.test(subnet);
    if (/^(?:loopback|linklocal|uniquelocal)$/.test(subnet)) continue;
    if (isAddress && !isWide && !isMapped) continue;
    sight.find(
      'TRUST_PROXY',
      `“${subnet}” believes clients about their own address`,
      'ASVS v5.0.0-4.1.3',
      'Say how many proxies stand in front, or their own subnets.',
    );
  }
}

function checkOthers(sight: Sight, { settings, nameOf }: Environment): void {
  if (settings.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    sight.find(
      'NODE_TLS_REJECT_UNAUTHORIZED',
      'certificates of other servers are not checked',
      'ASVS v5.0.0-12.3.2',
      'Take it out; give Node.js your own authority by NODE_EXTRA_CA_CERTS.',
    );
  }
  if (/^(?:silent|fatal|error)$/.test(settings.LOG_LEVEL ?? '')) {
    sight.find(
      nameOf('LOG_LEVEL'),
      `is ${settings.LOG_LEVEL}: failed sign-ins and replayed tokens are not logged`,
      'ASVS v5.0.0-16.3.1',
      'Set it to info, or to warn at least.',
    );
  }
  const database = settings.DATABASE_URL ?? '';
  const isElsewhere = !/@(?:localhost|127\.[\d.]+|\[::1\])[:/]/.test(database);
  if (isElsewhere && /[?&]sslmode=(?:disable|allow|prefer|no-verify)\b/.test(database)) {
    sight.find(
      nameOf('DATABASE_URL'),
      'does without TLS, or without looking at the certificate',
      'ASVS v5.0.0-12.3.1, 12.3.2',
      'Ask for sslmode=verify-full.',
    );
  }
  if (settings.NODE_ENV === 'development' || settings.NODE_ENV === 'test') {
    sight.note('NODE_ENV', `is ${settings.NODE_ENV}: right on your machine, wrong on a server`);
  }
}

function bound(
  name: string,
  direction: Bound['direction'],
  loosest: number,
  unit: string,
  requirement: string,
): Bound {
  return { name, loosest, direction, unit, requirement };
}
