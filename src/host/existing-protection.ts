import { withoutComments } from '../without-comments.ts';
import type { HostFiles } from './host-files.ts';
import { type PackageJson, rangeOf } from './package-facts.ts';
import { runningSources } from './running-sources.ts';

/** Something in a host that a person should know of before ours goes beside it. */
export interface Finding {
  /**
   * `kept`: the host has its own, and it stays. `replaced`: ours has taken its place, as was asked. `risk`: what the
   * host does is dangerous, with ours or without. `step`: what is left to a person.
   */
  readonly kind: 'kept' | 'replaced' | 'risk' | 'step';
  readonly code:
    | 'helmet'
    | 'cors'
    | 'express-session'
    | 'passport'
    | 'auth-folder'
    | 'database'
    | 'library-check'
    | 'many-sources'
    | 'trust-proxy'
    | 'reflected-cors'
    | 'any-origin';
  readonly message: string;
  /** `path:line`, or a path. */
  readonly where: string;
}

interface Pattern {
  readonly kind: Finding['kind'];
  readonly code: Finding['code'];
  readonly pattern: RegExp;
  /** A package without which the pattern means nothing. */
  readonly needs?: string;
  readonly message: string;
}

const PATTERNS: readonly Pattern[] = [
  {
    kind: 'kept',
    code: 'helmet',
    pattern: /\.use\(\s*helmet\b/,
    needs: 'helmet',
    message: 'you use helmet() already: it stays, and ours is not mounted a second time',
  },
  {
    kind: 'kept',
    code: 'cors',
    pattern: /\.use\(\s*cors\b/,
    needs: 'cors',
    message: 'you use cors() already: it stays, and ours is not mounted a second time',
  },
  {
    kind: 'kept',
    code: 'express-session',
    pattern: /\.use\(\s*(express)?session\b/i,
    needs: 'express-session',
    message: 'you use express-session already: it stays, with its own cookie',
  },
  {
    kind: 'kept',
    code: 'passport',
    pattern: /\bpassport\.(initialize|session|use)\(/,
    needs: 'passport',
    message: 'you use Passport already: it stays, and its users are not ours',
  },
  {
    kind: 'risk',
    code: 'trust-proxy',
    pattern: /set\(\s*['"]trust proxy['"]\s*,\s*true\s*\)|enable\(\s*['"]trust proxy['"]\s*\)/,
    message:
      '`trust proxy` is true: any client can choose the address it seems to come from, and limits by address hold nobody; name your proxies instead',
  },
  {
    kind: 'risk',
    code: 'reflected-cors',
    pattern:
      /cors\(\s*\{[^}]*\borigin\s*:\s*true\b|Access-Control-Allow-Origin['"]\s*,\s*req(uest)?\.(headers\.origin|header\(|get\()|origin\s*:\s*(?:async\s*)?\(?\w+\s*,\s*(?<decide>\w+)\)?\s*=>\s*\k<decide>\(null,\s*true\)/,
    message:
      'CORS allows whatever origin asks: with credentials, every site can act as your users; list your origins instead',
  },
  {
    kind: 'risk',
    code: 'any-origin',
    pattern:
      /\bcors\(\s*(?:\)|\{[^}]*\borigin\s*:\s*['"`]\*['"`]|\{(?:(?!\borigin\b)[^}])*\}\s*\))/,
    needs: 'cors',
    message:
      'CORS answers every origin: any page may read what your routes answer without cookies; name yours, as in cors({ origin: ["https://app.example.com"] })',
  },
];

/** Looks for protection that a host has already, and for what would weaken ours. */
export function findProtection(files: HostFiles, json: PackageJson): readonly Finding[] {
  const findings: Finding[] = [];
  const sources = runningSources(files);
  for (const path of sources) {
    const text = withoutComments(files.read(path) ?? '');
    for (const { pattern, needs, ...finding } of PATTERNS) {
      if (needs !== undefined && rangeOf(json, needs) === undefined) continue;
      const match = pattern.exec(text);
      if (match === null || findings.some(({ code }) => code === finding.code)) continue;
      const line = text.slice(0, match.index).split('\n').length;
      findings.push({ ...finding, where: `${path}:${line}` });
    }
  }
  const folder = sources.find((path) => /(^|\/)auth(\/|\.[cm]?[jt]s$)/.test(path));
  if (folder !== undefined) {
    const where = folder.replace(/((?:^|\/)auth)\/.*$/, '$1');
    const message = 'you have an auth of your own: it stays as it is, and ours has another name';
    findings.push({ kind: 'kept', code: 'auth-folder', message, where });
  }
  return findings;
}
