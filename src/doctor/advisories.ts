/** A published weakness of a package that generated projects run. */
export interface Advisory {
  readonly package: string;
  /** Which versions have it, as npm writes ranges. */
  readonly range: string;
  /** In GitHub's advisory database, and as a CVE where it has one. */
  readonly id: string;
  readonly what: string;
  /** The first version without it, for each line that is mended. */
  readonly mend: string;
}

/**
 * The known weaknesses of the packages that a project runs in production, theirs included, from GitHub's advisory
 * database (github.com/advisories) as of November 2026. None was known there of express-session, helmet, pino,
 * rate-limiter-flexible, libsql, cors, connect-redis and @node-rs/*. `npm run advisories` holds it against the
 * registry's.
 */
export const ADVISORIES: readonly Advisory[] = [
  ...of('jsonwebtoken', [
    [
      '<4.2.2',
      'GHSA-c7hr-j4mj-j2w6, CVE-2015-9235',
      'a public key is taken for an HMAC secret, so that anybody can make tokens',
      '9.0.3',
    ],
    [
      '<9.0.0',
      'GHSA-8cf7-32gw-wr33, CVE-2022-23539',
      'signatures by keys of an unfit type are taken',
      '9.0.3',
    ],
    [
      '<9.0.0',
      'GHSA-qwph-4952-7xr6, CVE-2022-23540',
      'without a list of algorithms, unsigned tokens can pass',
      '9.0.3',
    ],
    [
      '<9.0.0',
      'GHSA-hjrf-2m68-5959, CVE-2022-23541',
      'a public key can be used as an HMAC secret',
      '9.0.3',
    ],
  ]),
  ...of('jws', [
    ['<3.0.0', 'GHSA-gjcw-v447-2w7q, CVE-2016-1000223', 'tokens can be forged', '4.0.1'],
    [
      '<3.2.3 || 4.0.0',
      'GHSA-869p-cjfg-cm3x, CVE-2025-65945',
      'an HMAC signature is not always verified',
      '3.2.3, 4.0.1',
    ],
  ]),
  ...of('jose', [
    [
      '>=1.0.0 <1.28.1 || >=2.0.0 <2.0.5 || >=3.0.0 <3.11.4',
      'GHSA-58f5-hfqc-jgch, CVE-2021-29443',
      'the time of an answer helps to decrypt tokens',
      '1.28.1, 2.0.5, 3.11.4',
    ],
    [
      '>=1.0.0 <1.28.2 || >=2.0.0 <2.0.6 || >=3.0.0 <3.20.4 || >=4.0.0 <4.9.2',
      'GHSA-jv3g-j58f-9mq9, CVE-2022-36083',
      'one token can keep the processor busy',
      '1.28.2, 2.0.6, 3.20.4, 4.9.2',
    ],
    [
      '<2.0.7 || >=3.0.0 <4.15.5',
      'GHSA-hhhv-q57g-882q, CVE-2024-28176',
      'one compressed token can use up memory',
      '2.0.7, 4.15.5',
    ],
  ]),
  ...of('express', [
    [
      '<4.19.2 || >=5.0.0-alpha.1 <5.0.0-beta.3',
      'GHSA-rv95-896h-c2vc, CVE-2024-29041',
      'redirects can be led to another host',
      '4.19.2, 5.0.0',
    ],
    [
      '<4.20.0 || >=5.0.0-alpha.1 <5.0.0',
      'GHSA-qw6h-vgh9-j6wx, CVE-2024-43796',
      'a redirect can carry a script',
      '4.20.0, 5.0.0',
    ],
    [
      '<3.11.0 || >=4.0.0 <4.5.0',
      'GHSA-gpvr-g6gh-9mc2, CVE-2014-6393',
      'an error without a charset can carry a script',
      '4.5.0',
    ],
    [
      '<4.0.0',
      'GHSA-cm5g-3pgc-8rg4, CVE-2024-10491',
      'a Link header can bring in other resources',
      '4.0.0',
    ],
    [
      '>=3.4.5 <4.0.0',
      'GHSA-jj78-5fmv-mv28, CVE-2024-9266',
      'redirects can be led to another host',
      '4.0.0',
    ],
  ]),
  ...of('body-parser', [
    [
      '<1.20.3',
      'GHSA-qwcr-r2fm-qrc7, CVE-2024-45590',
      'form bodies can keep the processor busy',
      '1.20.3',
    ],
    [
      '2.2.0',
      'GHSA-wqch-xfxh-vrr4, CVE-2025-13466',
      'form bodies can keep the processor busy',
      '2.2.1',
    ],
    [
      '<1.20.6 || >=2.0.0 <2.3.0',
      'GHSA-v422-hmwv-36x6, CVE-2026-12590',
      'a limit that cannot be read is no limit',
      '1.20.6, 2.3.0',
    ],
    [
      '<1.20.9 || >=2.0.0 <2.4.0',
      'GHSA-27r3-jxmh-p828, CVE-2026-111181',
      'bytes after a compressed body can end the process',
      '1.20.9, 2.4.0',
    ],
  ]),
  ...of('qs', [
    [
      '<6.2.4 || 6.3.0 - 6.3.2 || 6.4.0 || 6.5.0 - 6.5.2 || 6.6.0 || 6.7.0 - 6.7.2 || 6.8.0 - 6.8.2 || 6.9.0 - 6.9.6 || 6.10.0 - 6.10.2',
      'GHSA-hrpp-h998-j3pp, CVE-2022-24999',
      'a query can hang the process by __proto__',
      '6.10.3',
    ],
    ['<6.14.1', 'GHSA-6rw7-vpxm-498p, CVE-2025-15284', 'a query can use up memory', '6.14.1'],
    [
      '>=6.7.0 <6.14.2',
      'GHSA-w7fw-mjwx-w883, CVE-2026-2391',
      'a query with commas can use up memory',
      '6.14.2',
    ],
    [
      '<6.15.2',
      'GHSA-q8mj-m7cp-5q26, CVE-2026-8723',
      'writing a query can change prototypes',
      '6.15.2',
    ],
    [
      '<6.16.0',
      'GHSA-4mjr-xmp4-gh2g, CVE-2026-82417; GHSA-x5fp-wj9c-mxmx, CVE-2026-82562',
      'a query can use up memory, and writing one can throw',
      '6.16.0',
    ],
    ['<1.0.0', 'GHSA-jjv7-qpx3-h62q, CVE-2014-7191', 'a query can use up memory', '1.0.0'],
    [
      '<6.0.4 || >=6.1.0 <6.1.2 || >=6.2.0 <6.2.3 || >=6.3.0 <6.3.2',
      'GHSA-gqgv-6jq5-jjj9, CVE-2017-1000048',
      'a query can change prototypes',
      '6.3.2',
    ],
  ]),
  ...of('cookie', [
    [
      '<0.7.0',
      'GHSA-pxg6-pf52-xh8x, CVE-2024-47764',
      'a name or a path can bring in other attributes',
      '0.7.0',
    ],
  ]),
  ...of('path-to-regexp', [
    [
      '<0.1.10 || >=0.2.0 <1.9.0 || >=2.0.0 <3.3.0 || >=4.0.0 <6.3.0 || >=7.0.0 <8.0.0',
      'GHSA-9wv6-86v2-598j, CVE-2024-45296',
      'a path can keep the processor busy',
      '0.1.10, 8.0.0',
    ],
    [
      '<0.1.12',
      'GHSA-rhx6-c78j-4q9w, CVE-2024-52798',
      'a path can keep the processor busy',
      '0.1.12',
    ],
    [
      '<0.1.13',
      'GHSA-37ch-88jc-xwx2, CVE-2026-4867',
      'a path can keep the processor busy',
      '0.1.13',
    ],
    [
      '>=8.0.0 <8.4.0',
      'GHSA-j3q9-mxjg-w52f, CVE-2026-4926; GHSA-27v5-c462-wpq7, CVE-2026-4923',
      'a path can keep the processor busy',
      '8.4.0',
    ],
  ]),
  ...of('proxy-addr', [
    [
      '<2.0.8',
      'GHSA-jqcg-44mw-7w3h, CVE-2026-90711',
      'a subnet such as ::ffff:10.0.0.0/8 in TRUST_PROXY trusts every IPv4 address',
      '2.0.8',
    ],
  ]),
  ...of('forwarded', [
    [
      '<0.1.2',
      'GHSA-mpcf-4gmh-23w8, CVE-2017-16118',
      'a header can keep the processor busy',
      '0.1.2',
    ],
  ]),
  ...of('fresh', [
    [
      '<0.5.2',
      'GHSA-9qj9-36jm-prpv, CVE-2017-16119',
      'a header can keep the processor busy',
      '0.5.2',
    ],
  ]),
  ...of('negotiator', [
    [
      '<0.6.1',
      'GHSA-7mc5-chhp-fmc3, CVE-2016-10539',
      'a header can keep the processor busy',
      '0.6.1',
    ],
  ]),
  ...of('send', [
    ['<0.19.0', 'GHSA-m6fv-jmcg-4jfg, CVE-2024-43799', 'a redirect can carry a script', '0.19.0'],
    [
      '<0.8.4',
      'GHSA-xwg4-93c6-3h42, CVE-2014-6394',
      'files beside the folder can be read',
      '0.8.4',
    ],
    ['<0.11.1', 'GHSA-jgqf-hwc5-hh37, CVE-2015-8859', 'paths on the server are told', '0.11.1'],
  ]),
  ...of('serve-static', [
    [
      '<1.16.0 || >=2.0.0 <2.1.0',
      'GHSA-cm22-4g7w-348p, CVE-2024-43800',
      'a redirect can carry a script',
      '1.16.0, 2.1.0',
    ],
    [
      '<1.6.5 || >=1.7.0 <1.7.2',
      'GHSA-c3x7-gjmx-r2ff, CVE-2015-1164',
      'redirects can be led to another host',
      '1.7.2',
    ],
  ]),
  ...of('on-headers', [
    [
      '<1.1.0',
      'GHSA-76c9-3jph-rj3q, CVE-2025-7339',
      'headers of an answer can be changed by accident',
      '1.1.0',
    ],
  ]),
  ...of('debug', [
    [
      '4.4.2',
      'GHSA-8mgj-vmr8-frr6, CVE-2025-59144',
      'this version was published by a thief, with malware in it',
      '4.4.3',
    ],
    [
      '<2.6.9 || >=3.0.0 <3.1.0 || >=3.2.0 <3.2.7 || >=4.0.0 <4.3.1',
      'GHSA-gxpj-cx7g-858c, CVE-2017-16137',
      'one line can keep the processor busy',
      '2.6.9, 3.2.7, 4.3.1',
    ],
    [
      '<2.6.9 || >=3.0.0 <3.1.0',
      'GHSA-9vvw-cc9w-f27h, CVE-2017-20165',
      'a setting can keep the processor busy',
      '2.6.9, 3.1.0',
    ],
  ]),
  ...of('ms', [
    ['<0.7.1', 'GHSA-3fx5-fwvr-xrjg, CVE-2015-8315', 'a time can keep the processor busy', '0.7.1'],
    [
      '<2.0.0',
      'GHSA-w9mr-4mfr-499f, CVE-2017-20162',
      'a time can keep the processor busy',
      '2.0.0',
    ],
  ]),
  ...of('semver', [
    [
      '<4.3.2',
      'GHSA-x6fg-f45m-jf5q, CVE-2015-8855',
      'a version can keep the processor busy',
      '4.3.2',
    ],
    [
      '<5.7.2 || >=6.0.0 <6.3.1 || >=7.0.0 <7.5.2',
      'GHSA-c2qf-rxjj-qqgw, CVE-2022-25883',
      'a range can keep the processor busy',
      '5.7.2, 6.3.1, 7.5.2',
    ],
  ]),
  ...of('drizzle-orm', [
    [
      '<0.45.2 || >=1.0.0-beta.2 <1.0.0-beta.20',
      'GHSA-gpj5-g38j-94v9, CVE-2026-39356',
      'names of columns can carry SQL',
      '0.45.2',
    ],
  ]),
  ...of('zod', [
    [
      '>=3.21.0 <3.22.3',
      'GHSA-m95q-7qp3-xv42, CVE-2023-4316',
      'an email can keep the processor busy',
      '3.22.3',
    ],
    [
      '<4.6.6',
      'GHSA-mrhx-c7xc-m3w5',
      'what is longer than a schema allows is read to its end all the same',
      '4.6.6',
    ],
  ]),
  ...of('pg', [
    [
      '<2.11.2 || >=3.0.0 <3.6.4 || >=4.0.0 <4.5.7 || >=5.0.0 <5.2.1 || >=6.0.0 <6.0.5 || 6.1.0 - 6.1.5 || 6.2.0 - 6.2.4 || 6.3.0 - 6.3.2 || 6.4.0 - 6.4.1 || 7.0.0 - 7.0.1 || 7.1.0 - 7.1.1',
      'GHSA-wc9v-mj63-m9g5, CVE-2017-16082',
      'a database can run code in its client',
      '7.1.2',
    ],
  ]),
  ...of('redis', [
    [
      '>=2.6.0 <3.1.1',
      'GHSA-35q2-47q7-3pc3, CVE-2021-29469',
      'in monitor mode, a line can keep the processor busy',
      '3.1.1',
    ],
  ]),
];

function of(
  name: string,
  rows: readonly (readonly [range: string, id: string, what: string, mend: string])[],
): readonly Advisory[] {
  return rows.map(([range, id, what, mend]) => ({ package: name, range, id, what, mend }));
}
