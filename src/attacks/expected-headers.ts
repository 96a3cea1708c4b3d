import type { Answers, HelmetHeaders } from '../options/answers.ts';

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

const NO_FRAMES = "frame-ancestors 'none'";

const LEAST_HSTS = 31_536_000;

/**
 * The security headers that a project's answers promise. HSTS means nothing over plain http, but if it is there it must
 * be right.
 */
export function expectedHeaders(answers: Answers, protocol: string): readonly Rule[] {
  const chosen = answers.helmet === 'custom' ? answers.helmetHeaders : undefined;
  return chosen ? customRules(chosen, protocol) : presetRules(answers.helmet === 'web', protocol);
}

function presetRules(web: boolean, protocol: string): readonly Rule[] {
  return [
    ['content-security-policy', has([...(web ? WEB_CSP : STRICT_CSP), NO_FRAMES])],
    ['content-security-policy', (value) => !/unsafe-(?:inline|eval)|\*/.test(String(value))],
    ['strict-transport-security', hsts(protocol, 63_072_000, true)],
    ['x-frame-options', equals('DENY')],
    ['x-content-type-options', equals('nosniff')],
    ['referrer-policy', equals('no-referrer')],
    ['cross-origin-opener-policy', equals('same-origin')],
    ['cross-origin-resource-policy', equals('same-origin')],
    ['cross-origin-embedder-policy', equals('require-corp')],
    ['permissions-policy', (value) => /\bcamera=\(\)/.test(String(value))],
  ];
}

function customRules(chosen: HelmetHeaders, protocol: string): readonly Rule[] {
  const { contentSecurityPolicy: csp, strictTransportSecurity: transport } = chosen;
  // The same is said by an older header too.
  const frames = chosen.xFrameOptions === 'SAMEORIGIN' ? "frame-ancestors 'self'" : NO_FRAMES;
  const as = (name: string, value: string | false): Rule => [
    name,
    value === false ? isAbsent : equals(value),
  ];
  const flag = (name: string, on: boolean): Rule => [
    name,
    on ? (value) => !isAbsent(value) : isAbsent,
  ];
  return [
    [
      'content-security-policy',
      csp ? has([...(csp === 'web' ? WEB_CSP : STRICT_CSP), frames]) : isAbsent,
    ],
    [
      'strict-transport-security',
      transport ? hsts(protocol, transport.maxAge, transport.includeSubDomains) : isAbsent,
    ],
    as('x-frame-options', chosen.xFrameOptions),
    as('referrer-policy', chosen.referrerPolicy),
    as('cross-origin-opener-policy', chosen.crossOriginOpenerPolicy),
    as('cross-origin-embedder-policy', chosen.crossOriginEmbedderPolicy),
    as('cross-origin-resource-policy', chosen.crossOriginResourcePolicy),
    as('permissions-policy', chosen.permissionsPolicy),
    flag('x-content-type-options', chosen.xContentTypeOptions),
    flag('x-dns-prefetch-control', chosen.xDnsPrefetchControl),
    flag('x-download-options', chosen.xDownloadOptions),
    flag('x-permitted-cross-domain-policies', chosen.xPermittedCrossDomainPolicies),
    flag('origin-agent-cluster', chosen.originAgentCluster),
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
    const given = String(value ?? '')
      .split(';')
      .map((directive) => directive.trim());
    return directives.every((directive) => given.includes(directive));
  };
}

function hsts(protocol: string, maxAge: number, subDomains: boolean): (value: Value) => boolean {
  return (value) => {
    if (value === undefined) return protocol === 'http:';
    const seconds = Number(/max-age=(\d+)/.exec(String(value))?.[1] ?? 0);
    return (
      seconds >= Math.min(maxAge, LEAST_HSTS) &&
      (!subDomains || /includeSubDomains/.test(String(value)))
    );
  };
}
