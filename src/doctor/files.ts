import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countCode, countMatches } from './code.ts';
import { DEFENCES } from './defences.ts';
import { type Examined, Sight } from './finding.ts';
import { LOOSENINGS } from './loosenings.ts';
import type { ProjectRecord } from './record.ts';

const RECORD = '.secure-express/';

/**
 * Holds each owned file against its hash. An edit is the owner's right and a note; it is a finding where a line that a
 * defence hangs on is gone, or code has come in that is right nowhere.
 */
export function examineFiles(directory: string, { hashes, base }: ProjectRecord): Examined {
  const sight = new Sight('files');
  if (!base) {
    sight.find(
      `${RECORD}base.gz`,
      'the files as they were made are gone, or cannot be read: what an edit changed cannot be told',
      'ASVS v5.0.0-15.1.1',
      'git checkout -- .secure-express, or make the project again and copy the folder.',
    );
  }
  let edited = 0;
  for (const [path, hash] of hashes) {
    const made = base?.get(path);
    if (base && (made === undefined || sha256(made) !== hash)) {
      sight.find(
        `${RECORD}manifest.json`,
        `what is recorded of ${path} does not fit together: the record was edited`,
        'ASVS v5.0.0-15.1.1',
        'git checkout -- .secure-express',
      );
    }
    const content = read(join(directory, path));
    if (content === undefined) missing(sight, path);
    else if (sha256(content) !== hash) {
      edited += 1;
      const weaker = made === undefined ? 0 : weakened(sight, path, made, String(content));
      if (weaker === 0) sight.note(path, 'was edited; nothing that can be told is weaker');
    }
  }
  return sight.examined(`files: ${hashes.size}, edited: ${edited}`);
}

function missing(sight: Sight, path: string): void {
  if (/^(?:src|assets|migrations)\/|^\.gitignore$/.test(path)) {
    sight.find(
      path,
      'is missing, and the server needs it or is weaker without it',
      'ASVS v5.0.0-15.1.1',
      `git checkout -- ${path}`,
    );
  } else sight.note(path, 'is missing');
}

/** @returns how many weaknesses an edit brought */
function weakened(sight: Sight, path: string, made: string, content: string): number {
  const before = sight.findings.length;
  for (const { file, code, without, requirement } of DEFENCES) {
    if (file !== path || countCode(path, made, code) <= countCode(path, content, code)) continue;
    sight.find(
      path,
      `${without}: “${code}” is gone, or not as it was`,
      requirement,
      `Put the line back (git log -p -- ${path}), or prove by doctor --url and your tests that what stands there now does the same.`,
    );
  }
  if (/\.[cm]?[jt]s$/.test(path) && !path.startsWith('test/')) {
    for (const { pattern, what, requirement } of LOOSENINGS) {
      if (countMatches(path, content, pattern) <= countMatches(path, made, pattern)) continue;
      sight.find(path, `${what} has come in`, requirement, `Take it out: git log -p -- ${path}`);
    }
  }
  return sight.findings.length - before;
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
