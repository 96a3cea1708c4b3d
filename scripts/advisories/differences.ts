import satisfies from 'semver/functions/satisfies.js';
import type { Advisory } from '../../src/doctor/advisories.ts';

/** What `npm audit --json` reports, as far as it matters here. */
export interface Audit {
  readonly vulnerabilities: Readonly<Record<string, { readonly via: readonly (Via | string)[] }>>;
}

/** An advisory of the registry. Where a package only depends on one that has it, npm writes that package's name. */
interface Via {
  readonly name: string;
  readonly title: string;
  readonly url: string;
  readonly range: string;
}

/**
 * Holds the table of advisories against the registry's.
 *
 * @param published the versions that there are, by the package's name
 * @returns a line for each advisory that one of them does not know, and for each whose versions are not the same
 */
export function differences(
  table: readonly Advisory[],
  audit: Audit,
  published: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const theirs = byAdvisory(audit);
  const lines: string[] = [];
  for (const { name, id, title, ranges } of theirs.values()) {
    const ours = table.filter((one) => one.package === name && one.id.includes(id));
    const range = ranges.join(' || ');
    if (ours.length === 0) {
      lines.push(`missing: ${name} ${range} (${id}): ${title}`);
      continue;
    }
    const has = (version: string, among: readonly string[]) =>
      among.some((one) => satisfies(version, one, { includePrerelease: true }));
    const our = ours.map((one) => one.range);
    const other = (published.get(name) ?? []).filter(
      (version) => has(version, ranges) !== has(version, our),
    );
    if (other.length > 0) {
      lines.push(`versions: ${name} (${id}) is ${range}; not the same for ${some(other)}`);
    }
  }
  for (const { package: name, id } of table) {
    for (const [ghsa] of id.matchAll(/GHSA(?:-\w{4}){3}/g)) {
      if (!theirs.has(`${ghsa} ${name}`)) lines.push(`unknown to the registry: ${name} (${ghsa})`);
    }
  }
  return lines;
}

interface Theirs {
  readonly name: string;
  readonly id: string;
  readonly title: string;
  readonly ranges: string[];
}

/** An advisory of several lines of releases comes once for each. */
function byAdvisory(audit: Audit): ReadonlyMap<string, Theirs> {
  const found = new Map<string, Theirs>();
  for (const { name, title, url, range } of advisoriesOf(audit)) {
    const id = url.slice(url.lastIndexOf('/') + 1);
    const known = found.get(`${id} ${name}`);
    if (known === undefined) found.set(`${id} ${name}`, { name, id, title, ranges: [range] });
    else if (!known.ranges.includes(range)) known.ranges.push(range);
  }
  return found;
}

function advisoriesOf({ vulnerabilities }: Audit): readonly Via[] {
  return Object.values(vulnerabilities)
    .flatMap(({ via }) => via)
    .filter((via) => typeof via !== 'string');
}

function some(versions: readonly string[]): string {
  const shown = versions.slice(0, 5).join(', ');
  return versions.length > 5 ? `${shown} and ${versions.length - 5} more` : shown;
}
