import type { Answers, HelmetHeaders } from '../options/answers.ts';
import { strictHeaders } from '../options/kinds/headers.ts';

type Value = string | undefined;
type Rule = readonly [name: string, holds: (value: Value) => boolean];

const STRICT_CSP: readonly string[] = [
  "default-src 'none'",
  "base-uri 'none'",
  "object-src 'none'",
  "form-action 'none'",
];

/** A policy for pages: nothing of other origins, no inline script, no frames. */
const WEB_CSP: readonly string[] = [
  "default-src 'none'",
  "base-uri 'none'",
  "object-src 'none'",
  "script-src 'self'",
];

/** The powers of a browser that an API's answers give to nobody, and those that pages may be given by name. */
const STRICT_POWERS =
  `accelerometer autoplay camera cross-origin-isolated display-capture encrypted-media
  fullscreen geolocation gyroscope keyboard-map magnetometer microphone midi payment picture-in-picture
  publickey-credentials-get screen-wake-lock sync-xhr usb xr-spatial-tracking`.split(/\s+/);
const WEB_POWERS = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb'];

/**
 * The security headers that a project's answers promise.
 *
 * @param needsTransport whether HSTS must be there: it means nothing over plain http, where none but a server in
 *   production owes it, whose proxy speaks https. If it is there it must be right.
 */
export function expectedHeaders(answers: Answers, needsTransport: boolean): readonly Rule[] {
  if (answers.helmet === 'custom' && answers.helmetHeaders) {
    return rulesFor(answers.helmetHeaders, needsTransport);
  }
  const web = answers.helmet === 'web';
  const preset = { ...strictHeaders, contentSecurityPolicy: web ? 'web' : 'strict' } as const;
  return [
    ...rulesFor(preset, needsTransport).filter(([name]) => name !== 'permissions-policy'),
    ['permissions-policy', web ? gives(WEB_POWERS, '()', '(self)') : gives(STRICT_POWERS, '()')],
  ];
}

function rulesFor(chosen: HelmetHeaders, needsTransport: boolean): readonly Rule[] {
  const { contentSecurityPolicy: csp, strictTransportSecurity: transport } = chosen;
  // The same is said by an older header too.
  const frames = `frame-ancestors ${chosen.xFrameOptions === 'SAMEORIGIN' ? "'self'" : "'none'"}`;
  const is = (name: string, value: string | false): Rule => [
    name,
    value === false ? isAbsent : equals(value),
  ];
  return [
    [
      'content-security-policy',
      csp ? has([...(csp === 'web' ? WEB_CSP : STRICT_CSP), frames]) : isAbsent,
    ],
    ['content-security-policy', (value) => !/unsafe-(?:inline|eval)|\*/.test(String(value))],
    ['strict-transport-security', transport ? hsts(transport, needsTransport) : isAbsent],
    is('x-frame-options', chosen.xFrameOptions),
    is('referrer-policy', chosen.referrerPolicy),
    is('cross-origin-opener-policy', chosen.crossOriginOpenerPolicy),
    is('cross-origin-embedder-policy', chosen.crossOriginEmbedderPolicy),
    is('cross-origin-resource-policy', chosen.crossOriginResourcePolicy),
    is('permissions-policy', chosen.permissionsPolicy),
    is('x-content-type-options', chosen.xContentTypeOptions && 'nosniff'),
    is('x-dns-prefetch-control', chosen.xDnsPrefetchControl && 'off'),
    is('x-download-options', chosen.xDownloadOptions && 'noopen'),
    is('x-permitted-cross-domain-policies', chosen.xPermittedCrossDomainPolicies && 'none'),
    is('origin-agent-cluster', chosen.originAgentCluster && '?1'),
  ];
}

/** Headers that no answer may have, or only with a value that does no harm. */
export const FORBIDDEN: readonly Rule[] = [
  ['x-powered-by', isAbsent],
  ['server', (value) => value === undefined || !/[\d/]|express|node/i.test(value)],
  ['x-aspnet-version', isAbsent],
  ['x-runtime', isAbsent],
  ['x-debug', isAbsent],
  ['public-key-pins', isAbsent],
  ['expect-ct', isAbsent],
  // The old filter of browsers could be misused: it is off, or not spoken of.
  ['x-xss-protection', (value) => value === undefined || value === '0'],
];

function isAbsent(value: Value): boolean {
  return value === undefined;
}

function equals(expected: string): (value: Value) => boolean {
  return (value) => value === expected;
}

function has(directives: readonly string[]): (value: Value) => boolean {
  return (value) => {
    const given = listed(value, ';');
    return directives.every((directive) => given.includes(directive));
  };
}

/** Each of the powers goes to nobody, or to one of those that may have it. */
function gives(powers: readonly string[], ...to: readonly string[]): (value: Value) => boolean {
  return (value) => {
    const given = listed(value, ',');
    return powers.every((power) => to.some((whom) => given.includes(`${power}=${whom}`)));
  };
}

type Transport = Exclude<HelmetHeaders['strictTransportSecurity'], false>;

/** RFC 6797 6.1: the directives have no order, and their names no case. A proxy in front may promise more. */
function hsts(
  { maxAge, includeSubDomains, preload }: Transport,
  isNeeded: boolean,
): (value: Value) => boolean {
  const wanted = [
    ...(includeSubDomains ? ['includesubdomains'] : []),
    ...(preload ? ['preload'] : []),
  ];
  return (value) => {
    if (value === undefined) return !isNeeded;
    const given = listed(value.toLowerCase(), ';');
    const [, seconds] = given.map((item) => /^max-age="?(\d+)"?$/.exec(item)).find(Boolean) ?? [];
    return Number(seconds) >= maxAge && wanted.every((item) => given.includes(item));
  };
}

function listed(value: Value, separator: string): string[] {
  return (value ?? '').split(separator).map((item) => item.trim());
}
