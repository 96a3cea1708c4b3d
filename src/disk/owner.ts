import { randomBytes } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { systemCode } from './disk-error.ts';

/** The run that a directory belongs to. */
export interface Owner {
  /** Never used twice: what is done about a dead owner cannot hit a live one by mistake. */
  readonly token: string;
  readonly pid: number;
  /** When the process began, in the system's own unit; absent where the system does not say. */
  readonly started?: string;
  readonly host: string;
}

/** No run holds a directory for longer, where neither the process's start nor its machine can be compared. */
const LONGEST_RUN_MS = 5 * 60_000;

/** The tokens that this process has given out: an id may have come round to us, a token has not. */
const ours = new Set<string>();

/** This run, under a new token. */
export function newOwner(): Owner {
  const token = randomBytes(8).toString('hex');
  ours.add(token);
  const started = startOf(process.pid);
  return {
    token,
    pid: process.pid,
    host: hostname(),
    ...(typeof started === 'string' && { started }),
  };
}

/** From now on a directory of this owner counts as left behind. */
export function disown(owner: Owner | undefined): void {
  if (owner !== undefined) ours.delete(owner.token);
}

export function writeOwner(directory: string, owner: Owner): void {
  writeFileSync(join(directory, 'owner.json'), JSON.stringify(owner));
}

/**
 * Reads whose directory it is.
 *
 * @returns undefined where the directory is gone; an owner of no process where it does not say.
 */
export function readOwner(directory: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, 'owner.json'), 'utf8'));
  } catch {
    const exists = statSync(directory, { throwIfNoEntry: false }) !== undefined;
    return exists ? { token: 'unknown', pid: 0, host: '' } : undefined;
  }
}

/** Whether the run that made `directory` may still be at work in it. */
export function isAlive(owner: Owner, directory: string): boolean {
  if (ours.has(owner.token)) return true;
  if (owner.host !== hostname()) return isRecent(directory);
  const started = owner.pid === process.pid ? 'gone' : startOf(owner.pid);
  if (started === 'gone') return false;
  if (started !== undefined && owner.started !== undefined) return started === owner.started;
  return isRecent(directory);
}

function isRecent(directory: string): boolean {
  const stats = statSync(directory, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs < LONGEST_RUN_MS;
}

/** When a process began; `gone` where there is none, undefined where the system does not say. */
function startOf(pid: number): string | 'gone' | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as someone else.
    if (systemCode(error) !== 'EPERM') return 'gone';
  }
  try {
    // The name, in parentheses, may hold anything: the fields are counted from behind it. See proc(5).
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[0] === 'Z' ? 'gone' : fields[19];
  } catch {
    return undefined;
  }
}
