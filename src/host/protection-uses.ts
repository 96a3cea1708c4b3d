import type { CallExpression, File, Node, Statement } from '@babel/types';
import { nameOf } from './app-creation.ts';
import { type Bindings, readBindings } from './bindings.ts';
import { parseSource, requiredModule, unwrap, walk } from './syntax.ts';

/** A place where a file uses a package. */
export interface Use {
  readonly node: Node;
  /**
   * `use`: `app.use(helmet())`. `preflight`: `app.options('*', cors())`, a statement of its own. `type`: no code comes
   * of it. `other`: anything else.
   */
  readonly kind: 'use' | 'preflight' | 'type' | 'other';
  /** The argument that makes the middleware, and the call in it. */
  readonly argument?: { readonly node: Node; readonly call: CallExpression };
  /** What the mounting stands in. */
  readonly statement?: Statement;
}

/** Whether a file's text may use a package: reading on costs more. */
function mayUse(text: string, name: string): boolean {
  return new RegExp(`['"]${name}['"]`).test(text);
}

/**
 * Finds where a file uses a package, but for its import.
 *
 * @param receiver what the application is called there.
 */
export function usesIn(
  file: File,
  bindings: Bindings,
  name: string,
  receiver: string | undefined,
): readonly Use[] {
  const uses: Use[] = [];
  walk(file, (node, ancestors) => {
    if (isImport(node)) return false;
    if (refersTo(node, ancestors, bindings, name)) uses.push(useOf(node, ancestors, receiver));
    return undefined;
  });
  return uses;
}

/** The same for a file that is not parsed yet; none where it is no program. */
export function usesInText(path: string, text: string, name: string): readonly Use[] {
  if (!mayUse(text, name)) return [];
  const file = parseSource(path, text);
  return file === undefined ? [] : usesIn(file, readBindings(file), name, undefined);
}

function isImport({ type }: Node): boolean {
  return type === 'ImportDeclaration' || type === 'TSImportEqualsDeclaration';
}

function refersTo(
  node: Node,
  ancestors: readonly Node[],
  { modules }: Bindings,
  name: string,
): boolean {
  const parent = ancestors.at(-1);
  if (requiredModule(node) === name) {
    // What a name is given to is its import.
    const holder = parent?.type === 'MemberExpression' ? ancestors.at(-2) : parent;
    return holder?.type !== 'VariableDeclarator';
  }
  if (node.type !== 'Identifier' || modules.get(node.name) !== name) return false;
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === node || parent.computed;
    case 'VariableDeclarator':
      return parent.init === node;
    case 'ObjectProperty':
      return parent.value === node && ancestors.at(-2)?.type !== 'ObjectPattern';
    default:
      return true;
  }
}

function useOf(node: Node, ancestors: readonly Node[], receiver: string | undefined): Use {
  if (ancestors.some(({ type }) => /^TS(Type|Qualified|Expression)/.test(type))) {
    return { node, kind: 'type' };
  }
  const at = ancestors.findLastIndex(({ type }) => type === 'ExpressionStatement');
  const statement = ancestors[at];
  const mounting =
    statement?.type === 'ExpressionStatement' ? unwrap(statement.expression) : undefined;
  if (mounting?.type !== 'CallExpression') return { node, kind: 'other' };
  const argument = mounting.arguments.find((one) => ancestors.includes(one));
  const call = argument && unwrap(argument);
  if (call?.type !== 'CallExpression' || call.callee !== node) return { node, kind: 'other' };
  const place = { argument: { node: argument as Node, call }, statement: statement as Statement };
  const method = receiver === undefined ? undefined : nameOf(mounting.callee);
  if (method === `${receiver}.use`) return { node, kind: 'use', ...place };
  const isPreflight =
    method === `${receiver}.options` &&
    mounting.arguments.length === 2 &&
    isEveryPath(mounting.arguments[0]) &&
    /^(Program|BlockStatement)$/.test(ancestors[at - 1]?.type ?? '');
  return isPreflight ? { node, kind: 'preflight', ...place } : { node, kind: 'other' };
}

function isEveryPath(node: Node | undefined): boolean {
  if (node?.type === 'RegExpLiteral') return /^\(?\.[*+]\)?$/.test(node.pattern);
  return node?.type === 'StringLiteral' && /^(\/?\*|\/?\{?\/?\*\w+\}?|\(\.\*\))$/.test(node.value);
}
