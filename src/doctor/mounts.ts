import { posix } from 'node:path';
import type { CallExpression, File, Node } from '@babel/types';
import { nameOf } from '../host/app-creation.ts';
import { readBindings } from '../host/bindings.ts';
import { parseSource, unwrap, walk } from '../host/syntax.ts';
import { countCode } from './code.ts';

/** A function of the module that an app calls: for every request, where it says on what it is mounted. */
interface Mount {
  readonly code: string;
  readonly name: string;
  /** Absent where it stands in a line of the app's own. */
  readonly receiver?: string;
}

/**
 * What mounts a module in a file of an app, and is there no more: not imported from the module's folder, or not called
 * where it was. What else is imported or mounted beside it, in which order and form, does not count.
 *
 * @param inserted what was put into the file
 * @param folder the module's
 * @returns the lines that are gone, as they were put in
 */
export function goneMounts(
  path: string,
  text: string,
  inserted: readonly string[],
  folder: string,
): readonly string[] {
  const file = parseSource(path, text);
  const mounts = inserted.map((one) => mountsIn(path, one));
  // Without a tree there are only the lines.
  if (file === undefined || mounts.includes(undefined)) {
    return inserted.filter((one) => countCode(path, text, one) === 0).map((one) => one.trim());
  }
  const { modules, wholes } = readBindings(file);
  const isOurs = (module: string | undefined) =>
    module?.startsWith('.') &&
    posix.join(posix.dirname(path), module).replace(/\/(?:index(?:\.\w+)?)?$/, '') === folder;
  const isCallOf = (name: string) => (node: Node) => {
    const called = node.type === 'CallExpression' ? (nameOf(node.callee) ?? '') : '';
    const [whole = ''] = called.split('.');
    return called === name
      ? isOurs(modules.get(name))
      : called === `${whole}.${name}` && isOurs(wholes.get(whole));
  };
  return mounts
    .flatMap((some) => some ?? [])
    .filter(({ name, receiver }) => !stands(file, receiver, isCallOf(name)))
    .map(({ code }) => code);
}

/** @returns undefined for what is not understood */
function mountsIn(path: string, inserted: string): readonly Mount[] | undefined {
  const statements = parseSource(path, inserted)?.program.body;
  const mounts = statements?.flatMap((statement): readonly (Mount | undefined)[] => {
    // An import is nothing by itself, and a call is ours by its import.
    if (statement.type !== 'ExpressionStatement') return [];
    const { start, end } = statement.expression;
    return [mountOf(statement.expression, inserted.slice(start ?? 0, end ?? 0))];
  });
  return mounts?.every((one) => one !== undefined) ? mounts : undefined;
}

function mountOf(node: Node, code: string): Mount | undefined {
  if (node.type !== 'CallExpression') return undefined;
  if (node.callee.type === 'Identifier') return { code, name: node.callee.name };
  const receiver = receiverOfUse(node);
  const [call] = node.arguments;
  const name = call?.type === 'CallExpression' ? nameOf(call.callee) : undefined;
  return name !== undefined && receiver !== undefined ? { code, name, receiver } : undefined;
}

function stands(
  file: File,
  receiver: string | undefined,
  isIt: (node: Node) => boolean | undefined,
): boolean {
  let found = false;
  walk(file, (node) => {
    if (receiver === undefined) found ||= isIt(node) === true;
    else if (node.type === 'CallExpression' && receiverOfUse(node) === receiver) {
      const all = node.arguments.map(unwrap);
      const at = all.findIndex(isIt);
      // Behind a path, it would see the requests for that path only.
      found ||= at >= 0 && all.slice(0, at).every(({ type }) => type === 'CallExpression');
    }
    return !found;
  });
  return found;
}

/** `app` for `app.use(…)`. */
function receiverOfUse({ callee }: CallExpression): string | undefined {
  if (callee.type !== 'MemberExpression' || callee.computed) return undefined;
  const isUse = callee.property.type === 'Identifier' && callee.property.name === 'use';
  return isUse ? nameOf(callee.object) : undefined;
}
