import type { CallExpression, Node } from '@babel/types';
import MagicString from 'magic-string';
import { ConflictError, InputError } from '../errors.ts';
import { pinned } from '../options/reproduce.ts';
import { type AppCreation, nameOf } from './app-creation.ts';
import type { HostFiles } from './host-files.ts';
import { mountedFor } from './mounted.ts';
import { type Use, usesIn, usesInText } from './protection-uses.ts';
import type { FoundApp } from './read-host.ts';
import type { Replaceable } from './replaceable.ts';
import { runningSources } from './running-sources.ts';
import { spanOf, unwrap } from './syntax.ts';
import { removeImport, removeLines } from './take-out.ts';

/** A host with something of its own replaced, in sight only: nothing is written. */
export interface Replaced {
  readonly files: HostFiles;
  readonly app: FoundApp;
  readonly replacements: readonly Replacement[];
}

/** What ours has taken the place of. */
export interface Replacement {
  readonly module: Replaceable;
  /** `path:line`, as it was. */
  readonly where: string;
  /** The call that was there. */
  readonly was: string;
}

/** What is to be replaced, and in what. */
export interface ReplacingRequest {
  readonly files: HostFiles;
  readonly modules: readonly Replaceable[];
  /** Those that were replaced before: what the host's other files do since is no matter. */
  readonly before: readonly Replaceable[];
  /** Finds the application in a host. */
  readonly findApp: (files: HostFiles) => FoundApp;
}

/**
 * Puts our middleware in the place of the host's own `helmet()` or `cors()`, so that it holds for the same requests,
 * and takes out an import that is not needed any more.
 *
 * @throws {InputError} where the host has none.
 * @throws {ConflictError} where not all that it does is written out in one statement before the first route.
 */
export function replaceProtection({ files, modules, before, findApp }: ReplacingRequest): Replaced {
  let seen: Replaced = { files, app: findApp(files), replacements: [] };
  const original = seen.app.creation;
  for (const module of modules) {
    const isKnown = before.includes(module);
    const own = original === undefined ? [] : ownUses(original, module);
    const elsewhere = isKnown ? [] : placesElsewhere(files, module, original?.path);
    const changed =
      elsewhere.length > 0
        ? 'it is used in a file that does not make the application'
        : replaceIn(seen, module, findApp);
    if (typeof changed !== 'string') {
      const replacements = own.filter(({ kind }) => kind === 'use').map((one) => one.replacement);
      seen = { ...changed, replacements: [...seen.replacements, ...replacements] };
    } else if (!isKnown) {
      const places = [...own.map(({ place }) => place), ...elsewhere];
      throw places.length === 0
        ? nothingToReplace(module)
        : notReplaceable(module, changed, places);
    }
  }
  return seen;
}

/** What of the host's code a module would replace, as it is told to people. */
function ownUses(original: AppCreation, module: Replaceable) {
  const uses = usesOf(original, module).filter(({ kind }) => kind !== 'type');
  return uses.map(({ kind, node, argument }) => {
    const place = placeIn(original, node);
    const { start, end } = spanOf(argument?.node ?? node);
    const was = original.text.slice(start, end).replace(/\s+/g, ' ');
    const replacement: Replacement = { module, where: `${place.path}:${place.line}`, was };
    return { kind, place, replacement };
  });
}

function withText(files: HostFiles, path: string, text: string): HostFiles {
  return { ...files, read: (asked) => (asked === path ? text : files.read(asked)) };
}

/** @returns why it cannot be done, where it cannot. */
function replaceIn(
  { files, app }: Replaced,
  module: Replaceable,
  findApp: ReplacingRequest['findApp'],
): Omit<Replaced, 'replacements'> | string {
  if (app.kind !== 'found') return app.why;
  const { path } = app.creation;
  const own = usesOf(app.creation, module);
  const [use, ...others] = own.filter(({ kind }) => kind === 'use' || kind === 'other');
  if (use?.kind !== 'use') return 'it is not mounted by app.use() alone';
  if (others.length > 0) return 'it is used more than once';
  const preflights = own.filter(({ kind }) => kind === 'preflight');
  if (![use, ...preflights].every(({ argument }) => argument && isWrittenOut(argument.call))) {
    return 'what it is given is made elsewhere, or is code of yours, and would be lost';
  }
  // Where preflights are answered, the first route is: what comes before it is only seen once they are out.
  const rest = withText(files, path, withoutStatements(app.creation, preflights));
  const next = preflights.length === 0 ? app : findApp(rest);
  if (next.kind !== 'found') return NOT_UNDERSTOOD;
  const { creation, place } = next;
  const all = usesOf(creation, module);
  const mounted = all.find(({ kind }) => kind === 'use');
  if (!mounted?.argument || !place.passed.some((one) => one === mounted.statement)) {
    return 'it does not hold for every request: it stands in a condition, or behind a route';
  }
  const spliced = new MagicString(creation.text);
  const { start, end } = spanOf(mounted.argument.node);
  spliced.update(start, end, `${mountedFor([module])[0]}()`);
  const name = nameOf(mounted.node);
  const isNeeded = all.some(({ node }) => node !== mounted.node && nameOf(node) === name);
  if (name !== undefined && !isNeeded && !removeImport(spliced, creation, name)) {
    return 'where it is imported is not understood';
  }
  const replaced = withText(files, path, spliced.toString());
  const found = findApp(replaced);
  return found.kind === 'found' ? { files: replaced, app: found } : NOT_UNDERSTOOD;
}

const NOT_UNDERSTOOD = 'what is left without it is not understood';

function usesOf({ file, bindings, receiver }: AppCreation, module: Replaceable): readonly Use[] {
  return usesIn(file, bindings, module, receiver);
}

interface Place {
  readonly path: string;
  readonly line: number;
  /** The line as it is there. */
  readonly text: string;
}

function placeIn(
  { path, text }: { readonly path: string; readonly text: string },
  { loc }: Node,
): Place {
  const line = loc?.start.line ?? 1;
  return { path, line, text: text.split(/\r?\n/)[line - 1]?.trim() ?? '' };
}

function placesElsewhere(
  files: HostFiles,
  module: Replaceable,
  appPath: string | undefined,
): readonly Place[] {
  const others = runningSources(files).filter((path) => path !== appPath);
  return others.flatMap((path) => {
    const text = files.read(path) ?? '';
    return usesInText(path, text, module)
      .filter(({ kind }) => kind !== 'type')
      .map(({ node }) => placeIn({ path, text }, node));
  });
}

function withoutStatements({ text }: AppCreation, uses: readonly Use[]): string {
  const left = new MagicString(text);
  for (const { statement } of uses) if (statement) removeLines(left, text, statement);
  return left.toString();
}

/** Whether all that a call is given can be read where it stands. */
function isWrittenOut({ arguments: given }: CallExpression): boolean {
  return given.length === 0 || (given.length === 1 && given.every(isLiteral));
}

function isLiteral(node: Node | null): boolean {
  if (node === null) return true;
  const value = unwrap(node);
  switch (value.type) {
    case 'ObjectExpression':
      return value.properties.every(
        (one) => one.type === 'ObjectProperty' && !one.computed && isLiteral(one.value),
      );
    case 'ArrayExpression':
      return value.elements.every(isLiteral);
    case 'TemplateLiteral':
      return value.expressions.length === 0;
    case 'UnaryExpression':
      return isLiteral(value.argument);
    case 'BinaryExpression':
      // 60 * 60
      return isLiteral(value.left) && isLiteral(value.right);
    case 'Identifier':
      return value.name === 'undefined';
    default:
      return /^(String|Numeric|Boolean|Null|RegExp)Literal$/.test(value.type);
  }
}

function nothingToReplace(module: Replaceable): InputError {
  return new InputError({
    code: 'nothing-to-replace',
    message: `There is no ${module}() of yours to replace`,
    where: '--replace',
    mend: `Leave it out: ${pinned('add', module)} mounts ours.`,
  });
}

const MOST_PLACES = 8;

function notReplaceable(module: Replaceable, why: string, places: readonly Place[]): ConflictError {
  const lines = places.map(({ path, line, text }) => `${path}:${line} ${shortened(text)}`);
  const more = lines.length > MOST_PLACES ? `, and ${lines.length - MOST_PLACES} more` : '';
  const [first] = places;
  return new ConflictError({
    code: 'not-replaceable',
    message: `Your ${module}() cannot be replaced for you: ${why}; nothing was written`,
    where: `${first?.path}:${first?.line}`,
    mend: `Take it out by hand, with its import, and add without --replace ${module}: ${lines.slice(0, MOST_PLACES).join(', ')}${more}`,
  });
}

function shortened(code: string): string {
  return code.length > 60 ? `${code.slice(0, 59)}…` : code;
}
