import type { HelmetHeaders } from '../answers.ts';

/** One value that a header can have, and what it costs. */
export interface HeaderChoice {
  readonly value: string;
  readonly cost: string;
}

interface HeaderText {
  /** The header's name on the wire. */
  readonly header: string;
  /** What goes wrong without it, in one line. */
  readonly risk: string;
}

export interface ChoiceHeader extends HeaderText {
  readonly form: 'choice';
  readonly strict: string;
  readonly choices: readonly HeaderChoice[];
}

export interface TransportHeader extends HeaderText {
  readonly form: 'transport';
  readonly strict: { maxAge: number; includeSubDomains: boolean; preload: boolean };
}

export interface TextHeader extends HeaderText {
  readonly form: 'text';
  readonly strict: string;
}

export interface ToggleHeader extends HeaderText {
  readonly form: 'toggle';
  readonly strict: true;
}

export type HeaderSetting = ChoiceHeader | TransportHeader | TextHeader | ToggleHeader;
export type HeaderName = keyof HelmetHeaders;

/** Every header of a `custom` project, by Helmet's name for it, in the order in which they are asked. */
export const headerSettings: { readonly [Name in HeaderName]: HeaderSetting } = {
  contentSecurityPolicy: {
    form: 'choice',
    strict: 'strict',
    header: 'Content-Security-Policy',
    risk: 'Without it, markup that reaches a browser can load and run anything.',
    choices: [
      { value: 'strict', cost: "default-src 'none': nothing loads; right for JSON, breaks pages" },
      { value: 'web', cost: 'same origin only: pages work; inline scripts and CDNs do not' },
    ],
  },
  strictTransportSecurity: {
    form: 'transport',
    header: 'Strict-Transport-Security',
    risk: 'Without it, the first request of a browser can be taken down to http and read.',
    strict: { maxAge: 63_072_000, includeSubDomains: true, preload: false },
  },
  xFrameOptions: {
    form: 'choice',
    strict: 'DENY',
    header: 'X-Frame-Options',
    risk: 'Without it, another site can frame a page and steal clicks.',
    choices: [
      { value: 'DENY', cost: 'no site can frame it, yours included' },
      { value: 'SAMEORIGIN', cost: 'your own pages can frame it; one hacked page there can too' },
    ],
  },
  referrerPolicy: {
    form: 'choice',
    strict: 'no-referrer',
    header: 'Referrer-Policy',
    risk: 'Without it, addresses with ids or tokens leak to the sites that are linked to.',
    choices: [
      { value: 'no-referrer', cost: 'nothing is sent; your own analytics see no referrer either' },
      { value: 'same-origin', cost: 'sent in full to yourself, to nobody else' },
      { value: 'strict-origin', cost: 'everyone over https learns your origin, never the path' },
      {
        value: 'strict-origin-when-cross-origin',
        cost: 'in full to yourself, the origin to others',
      },
    ],
  },
  crossOriginOpenerPolicy: {
    form: 'choice',
    strict: 'same-origin',
    header: 'Cross-Origin-Opener-Policy',
    risk: 'Without it, a page that opened yours keeps a handle on its window.',
    choices: [
      { value: 'same-origin', cost: 'sign-in pop-ups of other sites cannot talk back' },
      { value: 'same-origin-allow-popups', cost: 'pop-ups that you open keep their handle' },
    ],
  },
  crossOriginEmbedderPolicy: {
    form: 'choice',
    strict: 'require-corp',
    header: 'Cross-Origin-Embedder-Policy',
    risk: 'Without it, pages share a process with what they embed.',
    choices: [
      { value: 'require-corp', cost: 'images of other sites load only if those sites opt in' },
      { value: 'credentialless', cost: 'they load, but without cookies; not in every browser' },
    ],
  },
  crossOriginResourcePolicy: {
    form: 'choice',
    strict: 'same-origin',
    header: 'Cross-Origin-Resource-Policy',
    risk: 'Without it, any site can pull your responses into its own process.',
    choices: [
      { value: 'same-origin', cost: 'only your origin can embed; fetch with CORS is not affected' },
      { value: 'same-site', cost: 'your subdomains can embed too' },
      { value: 'cross-origin', cost: 'anyone can embed: for public images and fonts' },
    ],
  },
  permissionsPolicy: {
    form: 'text',
    header: 'Permissions-Policy',
    risk: 'Without it, a page and its frames may ask for camera, location and the like.',
    strict:
      'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), ' +
      'magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()',
  },
  xContentTypeOptions: {
    form: 'toggle',
    strict: true,
    header: 'X-Content-Type-Options',
    risk: 'Without it, a browser may guess that an upload is a script.',
  },
  xDnsPrefetchControl: {
    form: 'toggle',
    strict: true,
    header: 'X-DNS-Prefetch-Control',
    risk: 'Without it, browsers look up the hosts of links before anyone clicks.',
  },
  xDownloadOptions: {
    form: 'toggle',
    strict: true,
    header: 'X-Download-Options',
    risk: 'Without it, old Internet Explorer opens downloads in your origin.',
  },
  xPermittedCrossDomainPolicies: {
    form: 'toggle',
    strict: true,
    header: 'X-Permitted-Cross-Domain-Policies',
    risk: 'Without it, old Acrobat and Flash may read across domains.',
  },
  originAgentCluster: {
    form: 'toggle',
    strict: true,
    header: 'Origin-Agent-Cluster',
    risk: 'Without it, sibling subdomains may share a process with your pages.',
  },
};

export const headerNames = Object.keys(headerSettings) as readonly HeaderName[];

/** A year: browsers' preload lists take nothing shorter. */
export const SHORTEST_PRELOAD = 31_536_000;
