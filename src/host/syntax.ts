import { type ParserPlugin, parse } from '@babel/parser';
import type { Comment, File, Node } from '@babel/types';

/**
 * Parses one file of a host.
 *
 * @param path its name tells the language.
 * @returns undefined for what is no program: that is the host's business.
 */
export function parseSource(path: string, text: string): File | undefined {
  const language: readonly ParserPlugin[] = /\.[cm]?ts$/.test(path) ? ['typescript'] : ['jsx'];
  try {
    return parse(text, {
      sourceType: 'unambiguous',
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowUndeclaredExports: true,
      plugins: [...language, 'decorators-legacy', 'explicitResourceManagement'],
    });
  } catch {
    return undefined;
  }
}

/**
 * Visits a node and everything in it, in the order of the text.
 *
 * @param visit gets the node and what it stands in, the outermost first; false leaves out what is in it.
 */
export function walk(
  node: Node,
  visit: (node: Node, ancestors: readonly Node[]) => boolean | undefined,
  ancestors: readonly Node[] = [],
): void {
  if (visit(node, ancestors) === false) return;
  const inner = [...ancestors, node];
  for (const child of childrenOf(node)) walk(child, visit, inner);
}

/** Whether a test holds for a node or for anything in it. */
export function contains(node: Node, test: (node: Node) => boolean): boolean {
  let found = false;
  walk(node, (inner) => {
    found ||= test(inner);
    return !found;
  });
  return found;
}

/** The expression that TypeScript's and JavaScript's wrappings wrap. */
export function unwrap(node: Node): Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
      return unwrap(node.expression);
    case 'AwaitExpression':
      return unwrap(node.argument);
    default:
      return node;
  }
}

/** Where a node stands in its text: the parser tells, and its types do not say so. */
export function spanOf({ start, end }: Node | Comment): {
  readonly start: number;
  readonly end: number;
} {
  if (typeof start === 'number' && typeof end === 'number') return { start, end };
  throw new Error('a node without a place');
}

/** The module that `require('x')` names. */
export function requiredModule(node: Node | null | undefined): string | undefined {
  if (node?.type !== 'CallExpression' || node.callee.type !== 'Identifier') return undefined;
  const [argument] = node.arguments;
  if (node.callee.name !== 'require' || argument?.type !== 'StringLiteral') return undefined;
  return argument.value;
}

const NOT_CODE = new Set([
  'loc',
  'extra',
  'leadingComments',
  'trailingComments',
  'innerComments',
  'comments',
  'errors',
  'tokens',
]);

function childrenOf(node: Node): readonly Node[] {
  return Object.entries(node)
    .filter(([key]) => !NOT_CODE.has(key))
    .flatMap(([, value]) => value as unknown)
    .filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
