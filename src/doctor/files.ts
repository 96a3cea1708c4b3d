import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { conflictMarkers } from '../merge/markers.ts';
import { placeInProject } from '../merge/place-in-project.ts';
import { sha256 } from '../sha256.ts';
import { countCode, countMatches, withoutComments } from './code.ts';
import { DEFENCES } from './defences.ts';
import { type Examined, Sight } from './finding.ts';
import { LOOSENINGS } from './loosenings.ts';
import { NUMBERS } from './numbers.ts';
import { compareQuantities } from './quantities.ts';
import type { ProjectRecord } from './record.ts';

const RECORD = '.secure-express/';

/** Code is kept from changes that undo what makes it safe, whether they are meant or not. */
const INTEGRITY = 'NIST SP 800-218 PS.1';

/**
 * Holds each owned file against its hash. An edit is the owner's right and a note; it is a finding where a line that a
 * defence hangs on is gone, or code has come in that is right nowhere.
 */
export async function examineFiles(directory: string, record: ProjectRecord): Promise<Examined> {
  const { hashes, written, base, folder } = record;
  const sight = new Sight('files');
  if (!base) {
    sight.find(
      `${RECORD}base.gz`,
      'the files as they were made are gone, or cannot be read: what an edit changed cannot be told',
      INTEGRITY,
      'git checkout -- .secure-express, or make the project again and copy the folder.',
    );
  }
  const unmounted = await lookForMounts(directory, record);
  let edited = 0;
  for (const [path, hash] of hashes) {
    const made = base?.get(path);
    if (base && (made === undefined || sha256(made) !== hash)) {
      sight.find(
        `${RECORD}manifest.json`,
        `what is recorded of ${path} does not fit together: the record was edited`,
        INTEGRITY,
        'git checkout -- .secure-express',
      );
    }
    const content = read(join(directory, path));
    const place = placeInProject(path, folder);
    if (content === undefined) missing(sight, path, place);
    else if (sha256(content) !== (written?.get(path) ?? hash)) {
      edited += 1;
      if (undecided(sight, path, String(content))) continue;
      const weaker = made === undefined ? 0 : weakened(sight, path, place, made, String(content));
      if (weaker === 0 && !unmounted.has(path))
        sight.note(path, 'was edited; nothing that can be told is weaker');
    }
  }
  for (const [path, gone] of unmounted) {
    sight.find(
      path,
      `“${gone.join('”, “')}” is gone, or not as it was: requests may pass the modules by`,
      'ASVS v5.0.0-8.3.1',
      `Put it back, before the first route: git log -p -- ${path}`,
    );
  }
  return sight.examined(`files: ${hashes.size}, edited: ${edited}`);
}

function missing(sight: Sight, path: string, place: string): void {
  if (/^(?:src|assets|migrations)\/|^\.gitignore$/.test(place)) {
    sight.find(
      path,
      'is missing, and the server needs it or is weaker without it',
      INTEGRITY,
      `git checkout -- ${path}`,
    );
  } else sight.note(path, 'is missing');
}

/** What a merge has left to somebody: code does not run so, and a text says two things. */
function undecided(sight: Sight, path: string, content: string): boolean {
  const [first] = conflictMarkers(content);
  if (first === undefined) return false;
  sight.find(
    `${path}:${first}`,
    'has conflict markers of a merge: both sides stand there, and nobody has decided',
    INTEGRITY,
    'Keep the side that is right, and take the lines with <<<<<<<, ======= and >>>>>>> out.',
  );
  return true;
}

/** @returns how many weaknesses an edit brought */
function weakened(
  sight: Sight,
  path: string,
  place: string,
  made: string,
  content: string,
): number {
  const before = sight.findings.length;
  const bare = (text: string) => withoutComments(path, text);
  const told = (what: string, requirement: string) =>
    sight.find(
      path,
      what,
      requirement,
      `Put the line back (git log -p -- ${path}), or prove by doctor --url and your tests that what stands there now does the same.`,
    );
  for (const { file, code, without, requirement } of DEFENCES) {
    if (file !== place || countCode(path, made, code) <= countCode(path, content, code)) continue;
    told(`${without}: “${code}” is gone, or not as it was`, requirement);
  }
  for (const { file, code, without, requirement, bounds } of NUMBERS) {
    if (file !== place) continue;
    const compared = compareQuantities(code, bounds, bare(made), bare(content));
    if (compared.kind === 'looser') {
      told(
        `${without}: “${code}” says ${compared.now} where it said ${compared.before}`,
        requirement,
      );
    } else if (compared.kind === 'unknown') {
      told(
        `it cannot be told whether ${without}: “${code}” is gone, or not as it was`,
        requirement,
      );
    }
  }
  if (/\.[cm]?[jt]s$/.test(path) && !path.startsWith('test/')) {
    for (const { pattern, what, requirement } of LOOSENINGS) {
      if (countMatches(path, content, pattern) <= countMatches(path, made, pattern)) continue;
      sight.find(path, `${what} has come in`, requirement, `Take it out: git log -p -- ${path}`);
    }
  }
  return sight.findings.length - before;
}

/**
 * In a repo that was there before, the lines that mount the modules stand in files of its own.
 *
 * @returns those that are gone, by their file
 */
async function lookForMounts(
  directory: string,
  { inserted, folder = '' }: ProjectRecord,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (inserted === undefined) return new Map();
  // A parser, which a project of our own does without.
  const { goneMounts } = await import('./mounts.ts');
  const all = [...inserted].map(([path, texts]) => {
    const content = String(read(join(directory, path)) ?? '');
    return [path, goneMounts(path, content, texts, folder)] as const;
  });
  return new Map(all.filter(([, gone]) => gone.length > 0));
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
