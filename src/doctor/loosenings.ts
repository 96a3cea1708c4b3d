/** Code that is right nowhere in a project: more of it than there was when the project was made is a weakness. */
export interface Loosening {
  readonly pattern: RegExp;
  readonly what: string;
  readonly requirement: string;
}

export const LOOSENINGS: readonly Loosening[] = [
  {
    pattern: /\bhttpOnly:\s*false/,
    what: 'a cookie that scripts may read',
    requirement: 'ASVS v5.0.0-3.3.4',
  },
  {
    pattern: /\bsecure:\s*false/,
    what: 'a cookie that may travel over plain http',
    requirement: 'ASVS v5.0.0-3.3.1',
  },
  {
    pattern: /\bsameSite:\s*(?:false|["'`](?:none|lax))/i,
    what: 'a cookie that other sites may send',
    requirement: 'ASVS v5.0.0-3.3.2',
  },
  {
    pattern: /\bhttpOnly:[^{}]*\bdomain:|\bdomain:[^{}]*\bhttpOnly:/,
    what: 'a cookie that sibling hosts get, too',
    requirement: 'ASVS v5.0.0-3.3.3',
  },
  {
    pattern: /\breq\.method\s*=[^=]|\bmethodOverride\(/,
    what: 'requests that choose their method by what they hold',
    requirement: 'ASVS v5.0.0-3.5.3',
  },
  {
    pattern: /\bstatic\(\s*(?:["'`]\.{0,2}\/?["'`]|process\.cwd\(\)\s*[,)])/,
    what: 'the whole folder is served, .env and sources with it',
    requirement: 'ASVS v5.0.0-13.4.1',
  },
  {
    pattern:
      /\b(?:log(?:ger)?|console)\.\w+\([^;)]*\breq\.(?:rawHeaders|(?:body|headers|cookies)\b(?!\??[.[]))/,
    what: 'what people send is logged, passwords too',
    requirement: 'ASVS v5.0.0-16.2.5',
  },
  {
    pattern: /\borigin:\s*(?:true\b|["'`]\*)|Allow-Origin["'`],\s*["'`]\*/i,
    what: 'CORS for every origin',
    requirement: 'ASVS v5.0.0-3.4.2',
  },
  {
    pattern: /trust proxy["'`],\s*true/,
    what: 'every proxy is trusted: clients may choose their own address',
    requirement: 'ASVS v5.0.0-4.1.3',
  },
  {
    pattern:
      /\b(?:contentSecurityPolicy|strictTransportSecurity|xFrameOptions|referrerPolicy|crossOrigin\w+Policy|xContentTypeOptions):\s*false/,
    what: 'a security header is turned off',
    requirement: 'ASVS v5.0.0-3.4',
  },
  {
    pattern: /\b(?:camera|geolocation|microphone)=\*/,
    what: 'a power of the browser for every frame',
    requirement: 'ASVS v5.0.0-3.4',
  },
  {
    pattern: /'unsafe-(?:inline|eval)'/,
    what: 'a Content-Security-Policy that lets injected scripts run',
    requirement: 'ASVS v5.0.0-3.4.3',
  },
  {
    pattern: /algorithms:[^\]]*["'`]none/i,
    what: 'tokens without a signature are taken',
    requirement: 'ASVS v5.0.0-9.1.2',
  },
  {
    pattern:
      /\bjwt\.decode\(|\bdecodeJwt\(|\bBuffer\.from\(token\.split|\bignoreExpiration:\s*true/,
    what: 'tokens are read without being verified',
    requirement: 'ASVS v5.0.0-9.1.1',
  },
  {
    pattern: /["'`]message\/http/,
    what: 'TRACE is answered',
    requirement: 'ASVS v5.0.0-13.4.4',
  },
  {
    pattern: /\b(?:pbkdf2|scrypt|hash|verify)Sync\(/,
    what: 'hashing that nothing else can run beside',
    requirement: 'ASVS v5.0.0-15.2.2',
  },
  {
    pattern: /\breq\.body\.password\b/,
    what: 'a password out of the body, which nothing has looked at,',
    requirement: 'ASVS v5.0.0-11.4.2',
  },
  {
    pattern: /\bsaveUninitialized:\s*true/,
    what: 'every visitor fills the session store',
    requirement: 'ASVS v5.0.0-15.2.2',
  },
  {
    pattern: /\brejectUnauthorized:\s*false|NODE_TLS_REJECT_UNAUTHORIZED/,
    what: 'certificates of other servers are not checked',
    requirement: 'ASVS v5.0.0-12.3.2',
  },
  {
    pattern: /\bcreateHash\(\s*["'`](?:md5|sha1)/i,
    what: 'a hash that can be forged',
    requirement: 'ASVS v5.0.0-11.4.1',
  },
  {
    pattern: /\bMath\.random\(/,
    what: 'random numbers that can be predicted',
    requirement: 'ASVS v5.0.0-11.5.1',
  },
  {
    pattern: /\beval\(|\bnew Function\(/,
    what: 'text that is run as code',
    requirement: 'ASVS v5.0.0-1.3.2',
  },
  {
    pattern: /\bsql\.raw\(/,
    what: 'text that goes into SQL as it is',
    requirement: 'ASVS v5.0.0-1.2.4',
  },
];
