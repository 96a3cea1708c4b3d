import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { removeSync } from 'fs-extra/esm';
import { systemCode } from './disk-error.ts';
import { disown, isAlive, newOwner, type Owner, readOwner, writeOwner } from './owner.ts';

/**
 * A directory that only one run holds at a time. It is made under a name of its own, with its owner written in it, and
 * renamed to the shared name: no system renames a directory onto one that is not empty, so the first one there has it,
 * whole, and it goes by one rename too.
 *
 * What a dead run left is settled under a guard, a lock named for the dead run's token. Between seeing that the owner
 * is dead and doing something about it, another run may have settled it and hold the name by now; under the guard one
 * looks again, and as long as one has it nobody else touches what that dead run left. A guard whose owner died is
 * settled in the same way.
 */
const SCRATCH = /^\.secure-express-\d{1,10}-[\da-f]{16}$/;

/** Puts right what a dead run left in its directory, and takes the directory away, as `release` does. */
export type Settle = (directory: string) => void;

/** Whether `name` is one that a run's directory has before it is the lock, or after. */
export function isScratch(name: string): boolean {
  return SCRATCH.test(name);
}

/**
 * Takes a lock.
 *
 * @param path the directory that is the lock; those above it exist.
 * @param settle what to do first about a dead run's.
 * @returns who holds it, when that is another run; undefined when we do.
 */
export function acquire(path: string, settle: Settle): Owner | undefined {
  const owner = newOwner();
  const scratch = scratchPath(path, owner);
  mkdirSync(scratch);
  try {
    writeOwner(scratch, owner);
    for (;;) {
      if (moveIntoPlace(scratch, path)) return undefined;
      const holder = settleDead(path, settle);
      if (holder === undefined) continue;
      removeSync(scratch);
      return holder;
    }
  } catch (error) {
    removeSync(scratch);
    throw error;
  }
}

/** Gives back a lock that this run holds, with everything in it. */
export function release(path: string): void {
  // Should it not go, it is a dead run's: what is left to do is for the next one.
  disown(readOwner(path));
  const scratch = scratchPath(path, newOwner());
  renameSync(path, scratch);
  removeSync(scratch);
}

/**
 * Settles what a dead run left.
 *
 * @returns the run that holds the lock, or is settling it; undefined where the lock is free now.
 */
export function settleDead(path: string, settle: Settle): Owner | undefined {
  const owner = readOwner(path);
  if (owner === undefined) return undefined;
  if (isAlive(owner, path)) return owner;
  const guard = `${path}.${owner.token}`;
  const other = acquire(guard, release);
  if (other !== undefined) return other;
  try {
    if (readOwner(path)?.token === owner.token) {
      settle(path);
    }
  } finally {
    release(guard);
  }
  return undefined;
}

/** Takes away the directories that runs which were killed left beside a lock without ever holding it, or after. */
export function removeScratch(parent: string): void {
  for (const name of readdirSync(parent).filter(isScratch)) {
    const path = join(parent, name);
    const owner = readOwner(path);
    // Who owns it is the first thing that is written and may be the first that goes: its name says it too.
    const named = { token: '', pid: Number(name.split('-')[2]), host: hostname() };
    if (owner !== undefined && !isAlive(owner.pid === 0 ? named : owner, path)) removeSync(path);
  }
}

function scratchPath(path: string, { pid, token }: Owner): string {
  return join(dirname(path), `.secure-express-${pid}-${token}`);
}

function moveIntoPlace(scratch: string, path: string): boolean {
  try {
    renameSync(scratch, path);
    return true;
  } catch (error) {
    // EPERM and EACCES are what Windows says of a directory that exists, and every system of one that may not be written.
    const taken = ['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES'].includes(systemCode(error) ?? '');
    if (taken && existsSync(path)) return false;
    throw error;
  }
}
