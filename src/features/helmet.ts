import type { Answers, HelmetHeaders } from '../options/answers.ts';
import { LINE_WIDTH, literal } from '../render/literal.ts';
import type { Feature } from './feature.ts';

/** One preset of security headers: its file `src/security/headers.ts` is in its templates. */
function helmet(
  id: Answers['helmet'],
  fragments?: (headers: HelmetHeaders) => Record<string, string>,
): Feature {
  return {
    id: `helmet-${id}`,
    when: (answers) => answers.helmet === id,
    dependencies: ['helmet'],
    ...(fragments && {
      slots: [
        'headers.options',
        'headers.more',
        'headers.constants',
        'headersTest.expected',
        'security.browsers',
        'security.open',
      ],
      items: ({ helmetHeaders }: Answers) => ({
        'headers.made': [
          helmetHeaders?.permissionsPolicy === false ? 'return' : 'const setHeaders =',
        ],
        'readme.headersLeftOut': helmetHeaders ? [headersLeftOut(helmetHeaders)] : [],
      }),
      fragments: ({ helmetHeaders }: Answers) => (helmetHeaders ? fragments(helmetHeaders) : {}),
    }),
  };
}

export const helmets: readonly Feature[] = [
  helmet('strict'),
  helmet('web'),
  helmet('custom', (headers) => ({
    'headers.options': helmetOptions(headers),
    'headers.more': headers.permissionsPolicy === false ? '' : SEND_POLICY_TOO,
    'headers.constants': permissionsPolicy(headers.permissionsPolicy),
    'headersTest.expected': expectedHeaders(headers),
    ...securityRows(headers),
  })),
];

/** Helmet does not know the Permissions-Policy. */
const SEND_POLICY_TOO = `return (req, res, next) => {
  res.setHeader("Permissions-Policy", PERMISSIONS_POLICY);
  setHeaders(req, res, next);
};
`;

/** Seconds: how long HSTS has to hold at the least (ASVS v5.0.0-3.4.1). */
const ONE_YEAR = 31_536_000;

const STRICT_CSP = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  objectSrc: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

const WEB_CSP = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  objectSrc: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  mediaSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
};

/** The options of `helmet({ ... })`, a line each: what the project sends and, as `false`, what it leaves out. */
function helmetOptions(headers: HelmetHeaders): string {
  const lines = [
    `contentSecurityPolicy: ${contentSecurityPolicy(headers)},`,
    `strictTransportSecurity: ${hsts(headers.strictTransportSecurity)},`,
    `xFrameOptions: ${withValue('action', frameAction(headers.xFrameOptions))},`,
    `referrerPolicy: ${withValue('policy', headers.referrerPolicy)},`,
    `crossOriginOpenerPolicy: ${withValue('policy', headers.crossOriginOpenerPolicy)},`,
    `crossOriginEmbedderPolicy: ${withValue('policy', headers.crossOriginEmbedderPolicy)},`,
    `crossOriginResourcePolicy: ${withValue('policy', headers.crossOriginResourcePolicy)},`,
    ...(
      [
        'xContentTypeOptions',
        'xDnsPrefetchControl',
        'xDownloadOptions',
        'xPermittedCrossDomainPolicies',
        'originAgentCluster',
      ] as const
    )
      .filter((name) => !headers[name])
      .map((name) => `${name}: false,`),
  ];
  return `${lines.join('\n')}\n`;
}

function contentSecurityPolicy(headers: HelmetHeaders): string {
  const policy = policyOf(headers);
  if (policy === false) return 'false';
  const directives = Object.entries(policy)
    .map(([name, sources]) => `    ${name}: [${sources.map(literal).join(', ')}],`)
    .join('\n');
  return `{\n  useDefaults: false,\n  directives: {\n${directives}\n  },\n}`;
}

/** The same as it goes over the wire. */
function policyText(headers: HelmetHeaders): string | false {
  const policy = policyOf(headers);
  if (policy === false) return false;
  return Object.entries(policy)
    .map(([name, sources]) => {
      const directive = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      return `${directive} ${sources.join(' ')}`;
    })
    .join(';');
}

function policyOf(headers: HelmetHeaders): Record<string, readonly string[]> | false {
  if (headers.contentSecurityPolicy === false) return false;
  const policy = headers.contentSecurityPolicy === 'web' ? WEB_CSP : STRICT_CSP;
  const frameAncestors = headers.xFrameOptions === 'SAMEORIGIN' ? ["'self'"] : ["'none'"];
  return { ...policy, frameAncestors };
}

function hsts(settings: HelmetHeaders['strictTransportSecurity']): string {
  if (settings === false) return 'false';
  const { maxAge, includeSubDomains, preload } = settings;
  const grouped = String(maxAge).replace(/\B(?=(\d{3})+$)/g, '_');
  return `{ maxAge: ${grouped}, includeSubDomains: ${includeSubDomains}, preload: ${preload} }`;
}

function hstsText(settings: HelmetHeaders['strictTransportSecurity']): string | false {
  if (settings === false) return false;
  const { maxAge, includeSubDomains, preload } = settings;
  const flags = [includeSubDomains && 'includeSubDomains', preload && 'preload'].filter(Boolean);
  return [`max-age=${maxAge}`, ...flags].join('; ');
}

/** What SECURITY.md says of the headers: the requirements that they meet, and those that were given up. */
function securityRows(
  headers: HelmetHeaders,
): Record<'security.browsers' | 'security.open', string> {
  const hsts = headers.strictTransportSecurity;
  const hasPolicy = headers.contentSecurityPolicy !== false;
  const requirements: readonly (readonly [requirement: string, isMet: boolean])[] = [
    ['3.4.1', hsts !== false && hsts.maxAge >= ONE_YEAR && hsts.includeSubDomains],
    ['3.4.3', hasPolicy],
    ['3.4.4', headers.xContentTypeOptions],
    ['3.4.5', headers.referrerPolicy !== false],
    ['3.4.6', hasPolicy],
    ['3.4.8', headers.crossOriginOpenerPolicy !== false],
  ];
  const those = (wanted: boolean): string =>
    requirements
      .filter(([, isMet]) => isMet === wanted)
      .map(([requirement]) => requirement)
      .join(', ');
  const [met, open] = [those(true), those(false)];
  return {
    'security.browsers': `| The security headers that were chosen, on every answer of the app | answers that are shown as pages; clickjacking | ${met === '' ? '(good practice)' : `v5.0.0-${met}`} | \`src/security/headers.ts\` | \`test/headers.test.ts\` |\n`,
    'security.open':
      open === ''
        ? ''
        : `| **The security headers that were left out or loosened** | v5.0.0-${open} |\n`,
  };
}

/** Helmet's own word for it. */
function frameAction(value: HelmetHeaders['xFrameOptions']): string | false {
  return value === false ? false : value.toLowerCase();
}

function withValue(key: string, value: string | false): string {
  return value === false ? 'false' : `{ ${key}: ${literal(value)} }`;
}

function permissionsPolicy(value: string | false): string {
  if (value === false) return '';
  return [
    '',
    '/** Helmet does not know it. */',
    literal(value).length > 70
      ? `const PERMISSIONS_POLICY =\n  ${literal(value)};`
      : `const PERMISSIONS_POLICY = ${literal(value)};`,
    '',
  ].join('\n');
}

/** What the project's own test asks of every answer: the headers as they go over the wire. */
function expectedHeaders(headers: HelmetHeaders): string {
  return Object.entries(sentHeaders(headers))
    .map(([name, value]) => {
      const source = value === false ? 'undefined' : literal(value);
      const oneLine = `"${name}": ${source},\n`;
      // Two columns of indent; the line's end does not count.
      return oneLine.length + 1 <= LINE_WIDTH ? oneLine : `"${name}":\n  ${source},\n`;
    })
    .join('');
}

/** The headers as they go over the wire, by name; `false` is one that is left out. */
function sentHeaders(headers: HelmetHeaders): Readonly<Record<string, string | false>> {
  return {
    'content-security-policy': policyText(headers),
    'strict-transport-security': hstsText(headers.strictTransportSecurity),
    'x-frame-options': headers.xFrameOptions,
    'x-content-type-options': headers.xContentTypeOptions && 'nosniff',
    'referrer-policy': headers.referrerPolicy,
    'cross-origin-embedder-policy': headers.crossOriginEmbedderPolicy,
    'cross-origin-opener-policy': headers.crossOriginOpenerPolicy,
    'cross-origin-resource-policy': headers.crossOriginResourcePolicy,
    'origin-agent-cluster': headers.originAgentCluster && '?1',
    'x-dns-prefetch-control': headers.xDnsPrefetchControl && 'off',
    'x-download-options': headers.xDownloadOptions && 'noopen',
    'x-permitted-cross-domain-policies': headers.xPermittedCrossDomainPolicies && 'none',
    'permissions-policy': headers.permissionsPolicy,
  };
}

/** The sentence of the README that names them. */
function headersLeftOut(headers: HelmetHeaders): string {
  const names = Object.entries(sentHeaders(headers))
    .filter(([, value]) => value === false)
    .map(([name]) => `\`${name}\``);
  return names.length === 0 ? 'All of them are sent.' : `Left out: ${names.join(', ')}.`;
}
