import satisfies from 'semver/functions/satisfies.js';
import minVersion from 'semver/ranges/min-version.js';
import { VERSIONS } from '../features/versions.ts';
import { folderAt } from '../host/host-files.ts';
import { parsePackageJson } from '../host/parse-package-json.ts';
import { ADVISORIES } from './advisories.ts';
import { type Examined, Sight } from './finding.ts';
import { type Installed, installedVersions, ownVersion } from './installed.ts';
import type { ProjectRecord } from './record.ts';

/** The versions that a project has, against what is known of them and what this program would ask for. */
export function examineDependencies(directory: string, { base, folder }: ProjectRecord): Examined {
  const sight = new Sight('dependencies');
  const json = folderAt(directory).read('package.json');
  const asked = readAsked(json);
  const made = readAsked(base?.get('package.json'));
  const weak = new Set(ADVISORIES.map((advisory) => advisory.package));
  const known = installedVersions(directory, new Set([...weak, ...Object.keys(asked)]), asked);
  // Where nothing is installed or locked, the oldest version that may come counts.
  const versions = known.length > 0 ? known : oldestOf(asked);

  const own = new Map(
    Object.entries(asked).map(([name, range]) => [
      name,
      ownVersion(directory, name, range, versions)?.version,
    ]),
  );
  for (const { name, version, where } of versions) {
    for (const advisory of ADVISORIES) {
      if (advisory.package !== name || !fits(version, advisory.range)) continue;
      sight.find(
        `${name} ${version} (${where})`,
        advisory.what,
        advisory.id,
        `Bring it to ${advisory.mend} or newer${own.get(name) !== version ? ', by updating what depends on it' : ''}.`,
      );
    }
  }
  for (const [name, range] of Object.entries(asked)) {
    if (made[name] !== undefined && made[name] !== range && takesAnything(range)) {
      sight.find(
        `${name} (package.json)`,
        `“${range}” takes whatever is published, or comes from elsewhere than the registry`,
        'ASVS v5.0.0-15.2.4',
        `Ask for “${made[name]}” again.`,
      );
    }
  }
  // A repo that was there before has its own reasons for what it asks for.
  if (folder === undefined) lookForOld(sight, own, made, readRunning(json));
  return sight.examined(
    known.length > 0
      ? `versions of packages: ${versions.length}`
      : 'the oldest versions that package.json takes; nothing is installed',
  );
}

/** What runs in production and is a whole major version behind is a finding: mends no longer come to it. */
function lookForOld(
  sight: Sight,
  own: ReadonlyMap<string, string | undefined>,
  made: Ranges,
  running: Ranges,
): void {
  for (const [name, ours] of Object.entries(VERSIONS)) {
    const version = own.get(name);
    if (version === undefined || made[name] === undefined) continue;
    if (fits(version, `>=${floor(ours)}`)) continue;
    // What has a known weakness is told already.
    if (sight.findings.some(({ where }) => where.startsWith(`${name} ${version} `))) continue;
    if (running[name] !== undefined && major(version) < major(floor(ours))) {
      sight.find(
        `${name} ${version}`,
        `is out of date: this program asks for ${ours}`,
        'ASVS v5.0.0-15.2.1',
        `Ask for “${ours}” in package.json, install, and run the tests.`,
      );
    } else sight.note(`${name} ${version}`, `is older than what this program asks for, ${ours}`);
  }
}

/** The range of versions that a package.json asks for, by the package's name. */
type Ranges = Readonly<Record<string, string>>;

function readAsked(text: string | undefined): Ranges {
  return { ...rangesOf(parsePackageJson(text)?.devDependencies), ...readRunning(text) };
}

function readRunning(text: string | undefined): Ranges {
  return rangesOf(parsePackageJson(text)?.dependencies);
}

function rangesOf(section: Readonly<Record<string, unknown>> = {}): Ranges {
  return Object.fromEntries(Object.entries(section).map(([name, range]) => [name, String(range)]));
}

function oldestOf(asked: Ranges): readonly Installed[] {
  return Object.entries(asked).flatMap(([name, range]) => {
    const oldest = oldestIn(range);
    return oldest === undefined ? [] : [{ name, version: oldest, where: 'package.json' }];
  });
}

function oldestIn(range: string): string | undefined {
  try {
    return minVersion(range)?.version;
  } catch {
    return undefined;
  }
}

function takesAnything(range: string): boolean {
  return /^(?:|\*|x|latest|next)$|^>|\|\||:\/\/|^(?:git|github|file|link):|\//.test(range.trim());
}

/** Versions before a release count as well. */
function fits(version: string, range: string): boolean {
  return satisfies(version, range, { includePrerelease: true });
}

function floor(range: string): string {
  return range.replace(/^\D*/, '');
}

function major(version: string): number {
  return Number.parseInt(version, 10);
}
