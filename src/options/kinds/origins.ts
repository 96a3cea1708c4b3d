import { InputError } from '../../errors.ts';
import { printable } from '../printable.ts';
import type { Kind } from './kind.ts';

export interface OriginsKind extends Kind<readonly string[]> {
  readonly id: 'origins';
}

const MOST_ORIGINS = 50;
/** `https://` and the longest host name and port that DNS and TCP allow. */
const LONGEST_ORIGIN = 'https://'.length + 253 + ':65535'.length;

const REAL_HOST = /^([a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])$/;

/** Under these, anyone can have a site of their own: a pattern over one lets strangers in. */
const SHARED_HOSTS = new Set([
  'azurewebsites.net',
  'cloudfront.net',
  'co.jp',
  'co.uk',
  'com.au',
  'com.br',
  'firebaseapp.com',
  'fly.dev',
  'github.io',
  'gitlab.io',
  'herokuapp.com',
  'netlify.app',
  'ngrok.io',
  'onrender.com',
  'pages.dev',
  'vercel.app',
  'web.app',
  'workers.dev',
]);

/** The origins that browsers may call from; none is the word `none`, or an empty list. */
export const originsKind: OriginsKind = {
  id: 'origins',
  fromFlag(texts) {
    const origins = texts.flatMap((text) => text.split(',')).map((origin) => origin.trim());
    return origins.length === 1 && origins[0] === 'none' ? [] : origins;
  },
  check(value, where) {
    if (!Array.isArray(value)) {
      throw refused(value, where, 'is not a list', 'Write a list of origins; [] for none.');
    }
    if (value.length > MOST_ORIGINS) {
      throw refused(
        value.length,
        where,
        `is more than ${MOST_ORIGINS} origins`,
        'Use a pattern such as https://*.example.com.',
      );
    }
    const origins = value.map((origin) => checkOrigin(origin, where));
    const twice = origins.find((origin, index) => origins.indexOf(origin) !== index);
    if (twice !== undefined) {
      throw refused(twice, where, 'is given twice', 'Give it once.');
    }
    return origins;
  },
  toFlag: (origins) => (origins.length === 0 ? 'none' : origins.join(',')),
  describe: (origins) => (origins.length === 0 ? 'none' : origins.join(', ')),
  jsonSchema: () => ({
    type: 'array',
    maxItems: MOST_ORIGINS,
    uniqueItems: true,
    items: {
      type: 'string',
      maxLength: LONGEST_ORIGIN,
      pattern: '^(https?://[a-z0-9_.:\\[\\]-]+|https://\\*(\\.[a-z0-9_-]+){2,})$',
      examples: ['https://app.example.com', 'https://*.example.com'],
    },
  }),
};

/** Those that are not https, and not of this machine: the server that is made refuses them in production. */
export function plainHttpOrigins(origins: readonly string[]): readonly string[] {
  return origins.filter((origin) => origin.startsWith('http://') && !LOOPBACK.test(origin));
}

const LOOPBACK = /^http:\/\/([^/:]+\.)?(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/;

/**
 * Checks one origin: text that is equal to its own `URL.origin`, or `https://*.host` with two labels after the star.
 *
 * @param where the flag or the key that it came from, for the error.
 * @throws {InputError} saying which of the rules it breaks.
 */
function checkOrigin(origin: unknown, where: string): string {
  if (typeof origin !== 'string' || origin === '') {
    throw refused(origin, where, 'is no origin', 'An origin is like https://app.example.com.');
  }
  if (origin.length > LONGEST_ORIGIN) {
    throw refused(origin, where, 'is longer than an origin can be', 'Write scheme and host only.');
  }
  if (origin === '*' || origin === 'null') {
    throw refused(
      origin,
      where,
      'would let every site in',
      'List the origins, or use a pattern such as https://*.example.com.',
    );
  }
  if (origin === 'none') {
    throw refused(origin, where, 'stands among origins', 'Give none alone, or leave it out.');
  }
  return origin.includes('*') ? checkPattern(origin, where) : checkExact(origin, where);
}

function checkExact(origin: string, where: string): string {
  const url = parse(origin);
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw refused(
      origin,
      where,
      'is no http or https origin',
      'An origin is like https://app.example.com.',
    );
  }
  if (url.origin !== origin) {
    throw refused(
      origin,
      where,
      'is not written as browsers send it',
      `Write ${url.origin} (no path, no user, no default port, lower case).`,
    );
  }
  // URL takes quotes, backticks and braces for letters of a host; no host that exists has them.
  if (!REAL_HOST.test(url.hostname)) {
    throw refused(
      origin,
      where,
      'names no host that can exist',
      'A host has letters, digits, dots and hyphens.',
    );
  }
  return origin;
}

function checkPattern(origin: string, where: string): string {
  const host = /^https:\/\/\*\.([^*:]+)$/.exec(origin)?.[1];
  const url = host === undefined ? undefined : parse(`https://${host}`);
  if (host === undefined || url?.host !== host || !REAL_HOST.test(host)) {
    throw refused(
      origin,
      where,
      'is no pattern',
      'A pattern is like https://*.example.com: https, one star as the first label, no port, no path.',
    );
  }
  if (!/^[^.]+(\.[^.]+)+$/.test(host) || /^[\d.]+$/.test(host)) {
    throw refused(
      origin,
      where,
      'leaves too much open',
      'Write at least two names after the star, as in https://*.example.com.',
    );
  }
  if (SHARED_HOSTS.has(host)) {
    throw refused(
      origin,
      where,
      `lets in everyone who has a site under ${host}`,
      `List your own, such as https://my-app.${host}.`,
    );
  }
  return origin;
}

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function refused(value: unknown, where: string, problem: string, mend: string): InputError {
  return new InputError({
    code: 'bad-origin',
    message: `${where}: ${printable(value)} ${problem}`,
    where,
    mend,
  });
}
