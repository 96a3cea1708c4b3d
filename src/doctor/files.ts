import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { conflictMarkers } from '../merge/markers.ts';
import { placeInProject } from '../merge/place-in-project.ts';
import { BASE, MANIFEST } from '../record-paths.ts';
import { hostNames } from '../render/host-names.ts';
import { sha256 } from '../sha256.ts';
import { bareCode, countBare, countMatches, withoutComments } from './code.ts';
import { DEFENCES } from './defences.ts';
import { type Examined, Sight } from './finding.ts';
import { LOOSENINGS } from './loosenings.ts';
import { NUMBERS } from './numbers.ts';
import { compareQuantities } from './quantities.ts';
import type { ProjectRecord } from './record.ts';

/** Where an edit may undo a defence in more ways than can be listed. */
const DEFENDING = /^src\/(?:auth|security|http)\/|^src\/(?:app|index|server|config|log)\.ts$/;

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
      BASE,
      'the files as they were made are gone, or cannot be read: what an edit changed cannot be told',
      INTEGRITY,
      'git checkout -- .secure-express, or make the project again and copy the folder.',
    );
  }
  const unmounted = await lookForMounts(directory, record);
  let edited = 0;
  let unjudged = 0;
  for (const [path, hash] of hashes) {
    const made = base?.get(path);
    if (base && (made === undefined || sha256(made) !== hash)) {
      sight.find(
        MANIFEST,
        `what is recorded of ${path} does not fit together: the record was edited`,
        INTEGRITY,
        'git checkout -- .secure-express',
      );
    }
    const content = read(join(directory, path));
    const place = placeInProject(path, folder);
    if (content === undefined) missing(sight, path, place);
    else if (!isAsMade(content, written?.get(path) ?? hash)) {
      edited += 1;
      if (undecided(sight, path, String(content))) continue;
      const isHost = folder !== undefined;
      const weaker =
        made === undefined
          ? 0
          : weakened(sight, { path, place, made, now: String(content), isHost });
      if (weaker > 0 || unmounted.has(path)) continue;
      sight.note(path, 'was edited; nothing that can be told is weaker');
      if (DEFENDING.test(place)) unjudged += 1;
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
  return { ...sight.examined(`files: ${hashes.size}, edited: ${edited}`), unjudged };
}

/** Git may give a file other line ends on another machine. */
function isAsMade(content: Buffer, hash: string): boolean {
  if (sha256(content) === hash) return true;
  const text = String(content).replaceAll('\r\n', '\n');
  return [text, text.replaceAll('\n', '\r\n')].some((one) => sha256(one) === hash);
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

/** An owned file that was edited. */
interface Edited {
  readonly path: string;
  /** Where it would be in a project. */
  readonly place: string;
  readonly made: string;
  readonly now: string;
  /** Whether some settings have a name of the module's own. */
  readonly isHost: boolean;
}

/** @returns how many weaknesses an edit brought */
function weakened(sight: Sight, { path, place, made, now, isHost }: Edited): number {
  const before = sight.findings.length;
  const [bareMade, bareNow] = [bareCode(path, made), bareCode(path, now)];
  const [plainMade, plainNow] = [withoutComments(path, made), withoutComments(path, now)];
  const told = (what: string, requirement: string) =>
    sight.find(
      path,
      what,
      requirement,
      `Put the line back (git log -p -- ${path}), or prove by doctor --url and your tests that what stands there now does the same.`,
    );
  for (const { file, code: known, without, requirement } of DEFENCES) {
    if (file !== place) continue;
    const code = isHost ? hostNames(known) : known;
    if (countBare(bareMade, code) <= countBare(bareNow, code)) continue;
    told(`${without}: “${code}” is gone, or not as it was`, requirement);
  }
  for (const { file, code, without, requirement, bounds } of NUMBERS) {
    if (file !== place) continue;
    const compared = compareQuantities(code, bounds, plainMade, plainNow);
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
      if (countMatches(plainNow, pattern) <= countMatches(plainMade, pattern)) continue;
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
