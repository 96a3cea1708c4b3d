import { applyEdits, type JSONPath, modify } from 'jsonc-parser';
import { isObject, type JsonObject } from '../json-object.ts';
import type { OnConflict } from './on-conflict.ts';
import type { Merged, Sides } from './text.ts';
import { isLower, reconcile } from './version-range.ts';

const DEPENDENCIES = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
] as const;

/**
 * Merges a package.json by key, never by line. What somebody wrote keeps its format; what is added is indented as the
 * rest is, and a dependency stands where the alphabet puts it if the others do. No version is lowered.
 *
 * @param sides `base` may be `{}`: then `theirs` is all new.
 * @param onConflict only for the keys that clash. A marker would make the file unreadable, so `merge` keeps yours.
 * @throws {SyntaxError} when `ours` is no JSON object.
 */
export function mergePackageJson(sides: Sides, onConflict: OnConflict): Merged {
  const ours = readObject(sides.ours.replace(/^\uFEFF/, ''));
  const [base, theirs] = [readObject(sides.base), readObject(sides.theirs)];
  const walk = new Walk({ base, ours, theirs }, onConflict);
  walk.into([], base, ours, theirs);
  return { content: applyAll(sides.ours, walk.edits), conflicts: walk.conflicts };
}

interface Edit {
  readonly path: readonly string[];
  /** Undefined takes the key away. */
  readonly value: unknown;
}

class Walk {
  readonly edits: Edit[] = [];
  readonly conflicts: string[] = [];
  readonly whole: {
    readonly base: JsonObject;
    readonly ours: JsonObject;
    readonly theirs: JsonObject;
  };
  readonly #onConflict: OnConflict;

  constructor(whole: Walk['whole'], onConflict: OnConflict) {
    this.whole = whole;
    this.#onConflict = onConflict;
  }

  into(path: readonly string[], base: JsonObject, ours: JsonObject, theirs: JsonObject): void {
    for (const key of new Set([...Object.keys(base), ...Object.keys(theirs)])) {
      this.#value([...path, key], base[key], ours[key], theirs[key]);
    }
  }

  #value(path: readonly string[], base: unknown, ours: unknown, theirs: unknown): void {
    if (same(theirs, base) || same(ours, theirs)) return;
    if (isDependency(path)) {
      this.#dependency(path, base, ours, theirs);
      return;
    }
    if (ours === undefined && base === undefined && isObject(theirs)) {
      this.into(path, {}, {}, theirs);
      return;
    }
    if (isObject(ours) && (isObject(theirs) || theirs === undefined)) {
      const edits = this.edits.length;
      this.into(path, isObject(base) ? base : {}, ours, theirs ?? {});
      const gone = this.edits.slice(edits).filter(({ value }) => value === undefined).length;
      if (theirs === undefined && gone === Object.keys(ours).length) this.#set(path, undefined);
      return;
    }
    if (same(ours, base)) {
      this.#set(path, theirs);
      return;
    }
    // What somebody took out stays out.
    if (ours === undefined && base !== undefined) return;
    this.#conflict(path, ours, theirs);
  }

  #dependency(path: readonly string[], base: unknown, ours: unknown, theirs: unknown): void {
    const [, name = ''] = path;
    if (theirs === undefined) {
      if (same(ours, base)) this.#set(path, undefined);
      return;
    }
    if (ours === undefined && base !== undefined) return;
    const elsewhere = base === undefined ? this.#elsewhere(path) : undefined;
    const at = elsewhere === undefined ? path : [elsewhere, name];
    const present = elsewhere === undefined ? ours : read(this.whole.ours, at);
    if (present === undefined) {
      this.#set(path, theirs);
      return;
    }
    if (typeof present !== 'string' || typeof theirs !== 'string') return;
    if (same(present, base)) {
      if (!isLower(theirs, present)) this.#set(at, theirs);
      return;
    }
    const range = reconcile(present, theirs);
    if (range === undefined) this.#conflict(at, present, theirs);
    else if (range !== present) this.#set(at, range);
  }

  /** The other section that has the package already. */
  #elsewhere([section, name = '']: readonly string[]): string | undefined {
    const { base, ours, theirs } = this.whole;
    return DEPENDENCIES.find((other) => {
      const has = (one: JsonObject) => read(one, [other, name]) !== undefined;
      // Where we move it ourselves, it is about to go.
      return other !== section && has(ours) && !(has(base) && !has(theirs));
    });
  }

  #set(path: readonly string[], value: unknown): void {
    this.edits.push({ path, value });
  }

  #conflict(path: readonly string[], ours: unknown, theirs: unknown): void {
    this.conflicts.push(
      `${path.join('.')}: yours is ${JSON.stringify(ours)}, ours ${JSON.stringify(theirs)}`,
    );
    if (this.#onConflict === 'theirs') this.#set(path, theirs);
  }
}

function applyAll(text: string, edits: readonly Edit[]): string {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indent.includes('\t'),
    tabSize: indent.includes('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  return edits
    .reduce(
      (current, { path, value }) => {
        const edit = modify(current, [...path] as JSONPath, value, {
          formattingOptions,
          ...(isDependency(path) && {
            getInsertionIndex: (keys) => placeAmong(keys, path[1] ?? ''),
          }),
        });
        return applyEdits(current, edit);
      },
      mark === '' ? text : text.slice(1),
    )
    .replace(/^/, mark);
}

function placeAmong(keys: readonly string[], key: string): number {
  const isSorted = keys.every((one, index) => index === 0 || (keys[index - 1] ?? '') <= one);
  const place = keys.findIndex((one) => one > key);
  return isSorted && place >= 0 ? place : keys.length;
}

function isDependency([section, name, ...deeper]: readonly string[]): boolean {
  return name !== undefined && deeper.length === 0 && DEPENDENCIES.some((one) => one === section);
}

function read(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  return isObject(value) ? read(value[key], rest) : undefined;
}

function readObject(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new SyntaxError('it is not one JSON object');
  return value;
}

/** Whether two values are the same but for the order of their keys. */
function same(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return JSON.stringify(a) === JSON.stringify(b);
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => same(a[key], b[key]));
}
