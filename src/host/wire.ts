import { posix } from 'node:path';
import type { Statement } from '@babel/types';
import MagicString from 'magic-string';
import type { AppCreation } from './app-creation.ts';
import type { MountingPlace } from './mounting-place.ts';
import type { HostShape, HostStyle } from './shape.ts';
import { readStyle } from './style.ts';
import { spanOf } from './syntax.ts';
import { startWithComments } from './take-out.ts';

/** What is mounted: the functions of the module that give middleware, in the order in which requests meet them. */
export type Mounted = readonly string[];

/** The lines that mount a module in a file. */
export interface WiringLines {
  readonly imports: string;
  readonly mounts: readonly string[];
}

/** A file with a module mounted in it. */
export interface Wired {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Exactly what was put in, so that it can be found again. */
  readonly inserted: readonly string[];
  /** What stands where something of the host's stood. */
  readonly standsIn?: readonly string[];
}

/** Where the lines go, and to what. */
export interface WiringTarget {
  readonly path: string;
  readonly receiver: string;
  /** Whether the file imports with `import`. */
  readonly hasImports: boolean;
  readonly style: HostStyle;
  /** Whether the file binds what it requires by `var`. */
  readonly hasVars?: boolean;
}

/** The lines that mount a module, as the file that they are for would have them. */
export function wiringLines(
  mounted: Mounted,
  { path, receiver, hasImports, hasVars, style }: WiringTarget,
  { folder, importSuffix }: Pick<HostShape, 'folder' | 'importSuffix'>,
): WiringLines {
  const way = posix.relative(posix.dirname(path), folder);
  const from = `${way.startsWith('.') ? '' : './'}${way}${importSuffix && `/index${importSuffix}`}`;
  const { quote } = style;
  const end = style.semicolons ? ';' : '';
  const names = `{ ${mounted.join(', ')} }`;
  return {
    imports: hasImports
      ? `import ${names} from ${quote}${from}${quote}${end}`
      : `${hasVars ? 'var' : 'const'} ${names} = require(${quote}${from}${quote})${end}`,
    mounts: mounted.map((name) => `${receiver}.use(${name}())${end}`),
  };
}

/** What the lines for a file depend on. */
export function targetOf({ path, text, file, receiver }: AppCreation): WiringTarget {
  const hasImports = file.program.body.some(({ type }) => type === 'ImportDeclaration');
  const isModule = /\.(mts|mjs|ts)$/.test(path);
  return {
    path,
    receiver: receiver ?? 'app',
    hasImports: hasImports || (isModule && !/\brequire\(/.test(text)),
    style: readStyle([text]),
    hasVars: /^\s*var .*require\(/m.test(text) && !/^\s*(const|let)\b/m.test(text),
  };
}

/**
 * Mounts a module: an import beside the file's own, and a line for each function. Every other byte stays.
 *
 * @param creation where the application is made.
 * @param place of `findMountingPlace`, in the same file.
 * @param inPlace those that stand where something of the host's stood: they are imported only.
 */
export function wire(
  creation: AppCreation,
  place: MountingPlace,
  mounted: Mounted,
  shape: Pick<HostShape, 'folder' | 'importSuffix'>,
  inPlace: Mounted = [],
): Wired {
  const { path, text } = creation;
  const target = targetOf(creation);
  const { imports } = wiringLines(mounted, target, shape);
  const { mounts } = wiringLines(
    mounted.filter((name) => !inPlace.includes(name)),
    target,
    shape,
  );
  const eol = target.style.eol;
  const insertions = [importInsertion(creation, place, imports, eol)];
  if (mounts.length > 0) insertions.push(mountInsertion(text, place, mounts, eol));
  const spliced = new MagicString(text);
  for (const { at, added } of insertions) spliced.appendLeft(at, added);
  return {
    path,
    before: text,
    after: spliced.toString(),
    inserted: insertions.map(({ added }) => added),
    ...(inPlace.length > 0 && { standsIn: inPlace.map((name) => `${name}()`) }),
  };
}

/**
 * Takes out what `wire` put in.
 *
 * @returns undefined where it is not there any more as it was put in, or more than once.
 */
export function unwire(text: string, inserted: readonly string[]): string | undefined {
  let rest = text;
  for (const added of inserted) {
    const at = rest.indexOf(added);
    if (at < 0 || rest.indexOf(added, at + 1) >= 0) return undefined;
    rest = `${rest.slice(0, at)}${rest.slice(at + added.length)}`;
  }
  return rest;
}

interface Insertion {
  readonly at: number;
  readonly added: string;
}

function importInsertion(
  { text, file, bindings }: AppCreation,
  { statement }: MountingPlace,
  line: string,
  eol: string,
): Insertion {
  const { start } = spanOf(statement);
  const around = file.program.body.find((one) => spanOf(one).end > start) ?? statement;
  const limit = spanOf(around).start;
  const beside = bindings.statements.findLast((one) => spanOf(one).end <= limit);
  if (beside !== undefined) return insertAfter(text, beside, [line], eol);
  return insertBefore(text, around, [line], eol);
}

function mountInsertion(
  text: string,
  { statement, side }: MountingPlace,
  lines: readonly string[],
  eol: string,
): Insertion {
  return side === 'before'
    ? insertBefore(text, statement, lines, eol)
    : insertAfter(text, statement, lines, eol);
}

/** Lines of their own before a statement and the comments that belong to it. */
function insertBefore(
  text: string,
  statement: Statement,
  lines: readonly string[],
  eol: string,
): Insertion {
  const start = startWithComments(text, statement);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = text.slice(lineStart, start);
  if (indent.trim() !== '') {
    return { at: start, added: `${lines.map((line) => closed(line)).join(' ')} ` };
  }
  const guarded = guard(lines, text.slice(start));
  // A comment that heads what follows is no heading of ours.
  const isHeaded =
    start < spanOf(statement).start && /\n[\t ]*\r?\n$/.test(text.slice(0, lineStart));
  const added = guarded.map((line) => `${indent}${line}${eol}`).join('');
  return { at: lineStart, added: isHeaded ? `${added}${eol}` : added };
}

/** Lines of their own after a statement and what stands behind it in its line. */
function insertAfter(
  text: string,
  statement: Statement,
  lines: readonly string[],
  eol: string,
): Insertion {
  const { start, end } = spanOf(statement);
  const newline = text.indexOf('\n', end);
  const lineEnd = newline < 0 ? text.length : newline - (text[newline - 1] === '\r' ? 1 : 0);
  const behind = text.slice(end, lineEnd).trim();
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = /^[\t ]*/.exec(text.slice(lineStart, start))?.[0] ?? '';
  if (behind !== '' && !behind.startsWith('//') && !/^\/\*.*\*\/$/.test(behind)) {
    return { at: end, added: ` ${lines.map((line) => closed(line)).join(' ')}` };
  }
  const guarded = guard(lines, text.slice(lineEnd));
  return { at: lineEnd, added: guarded.map((line) => `${eol}${indent}${line}`).join('') };
}

/** Without semicolons, a line that goes on with one of these would be called, indexed or calculated with. */
function guard(lines: readonly string[], next: string): readonly string[] {
  const goesOn = /^(\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*(?:[([`+-]|\/(?![/*]))/.test(next);
  return lines.map((line, index) => (goesOn && index === lines.length - 1 ? closed(line) : line));
}

function closed(line: string): string {
  return line.endsWith(';') ? line : `${line};`;
}
