import type { AppPart, Host } from '../attacks/attack.ts';
import { type Finding, findProtection } from './existing-protection.ts';
import { openHostFiles } from './host-files.ts';
import { readPackageJson } from './package-facts.ts';

/**
 * What an app has of its own beside the module that was added to it, and which of it is dangerous.
 *
 * @param root absolute
 * @param folder the module's
 */
export function readPartsOfHost(root: string, folder: string): Host {
  const files = openHostFiles(root);
  const sources = files.sources().filter((path) => !path.startsWith(`${folder}/`));
  const own = { ...files, sources: () => sources };
  return partsOf(findProtection(own, readPackageJson(own) ?? {}));
}

/**
 * The part of an app that a finding is about, where attacks on it tell of the app and not of what was added. CORS for
 * every origin is none: it lets nobody act as a user, and was told when the module came.
 */
const PARTS: Readonly<Partial<Record<Finding['code'], AppPart>>> = {
  helmet: 'headers',
  cors: 'cors',
  'reflected-cors': 'cors',
  'trust-proxy': 'proxy',
};

function partsOf(findings: readonly Finding[]): Host {
  const of = (some: readonly Finding[]) => [
    ...new Set(some.flatMap(({ code }) => PARTS[code] ?? [])),
  ];
  return {
    parts: of(findings),
    risks: of(findings.filter(({ kind }) => kind === 'risk')),
  };
}
