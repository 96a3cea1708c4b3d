import type { BlockStatement, Class, File, Node, Program, Statement } from '@babel/types';
import { type Bindings, readBindings } from './bindings.ts';
import { contains, parseSource, requiredModule, unwrap, walk } from './syntax.ts';

/** One place where a host makes an Express application. */
export interface AppCreation {
  readonly path: string;
  readonly text: string;
  readonly file: File;
  readonly bindings: Bindings;
  /** From 1. */
  readonly line: number;
  /** What the application is called there: `app`, `this.app`; undefined where it has no name that we can follow. */
  readonly receiver: string | undefined;
  /** The statement that makes it, or the property of a class. */
  readonly statement: Node;
  /** What the statement stands in. */
  readonly block: Program | BlockStatement | undefined;
  /** The class whose member it becomes. */
  readonly owner: Class | undefined;
}

/** Finds every place in a file where an Express application is made. */
export function findCreations(path: string, text: string): readonly AppCreation[] {
  // Parsing is what costs.
  if (!/\bexpress\b/.test(text)) return [];
  const file = parseSource(path, text);
  if (file === undefined) return [];
  const bindings = readBindings(file);
  const creations: AppCreation[] = [];
  walk(file, (node, ancestors) => {
    if (isCreation(node, bindings)) {
      creations.push({ path, text, file, bindings, ...circumstancesOf(node, ancestors) });
    }
    return undefined;
  });
  return creations.filter((creation) => !isMounted(creation));
}

function isCreation(node: Node, { wholes }: Bindings): boolean {
  if (node.type !== 'CallExpression' || node.arguments.length > 0) return false;
  const { callee } = node;
  if (requiredModule(callee) === 'express') return true;
  return callee.type === 'Identifier' && wholes.get(callee.name) === 'express';
}

function circumstancesOf(
  node: Node,
  ancestors: readonly Node[],
): Omit<AppCreation, 'path' | 'text' | 'file' | 'bindings'> {
  const line = node.loc?.start.line ?? 1;
  const owner = ancestors.findLast(
    (one): one is Class => one.type === 'ClassDeclaration' || one.type === 'ClassExpression',
  );
  const at = ancestors.findLastIndex(
    (one) => one.type === 'BlockStatement' || one.type === 'Program' || one.type === 'ClassBody',
  );
  const around = ancestors[at];
  const statement = ancestors[at + 1] ?? node;
  const inner = [...ancestors.slice(at + 1), node];
  const receiver = receiverOf(node, inner);
  const isBlock = around?.type === 'BlockStatement' || around?.type === 'Program';
  return { line, receiver, statement, block: isBlock ? around : undefined, owner };
}

/** Follows the value outwards, as long as it stays the same value, to the names that it is given. */
function receiverOf(node: Node, inner: readonly Node[]): string | undefined {
  const names: string[] = [];
  let value = node;
  for (const holder of inner.slice(0, -1).reverse()) {
    if (unwrap(holder) === value || unwrap(holder) === node) {
      value = holder;
      continue;
    }
    if (holder.type === 'AssignmentExpression' && holder.right === value) {
      names.push(nameOf(holder.left) ?? '');
    } else if (holder.type === 'VariableDeclarator' && holder.init === value) {
      names.push(nameOf(holder.id) ?? '');
    } else if (
      (holder.type === 'ClassProperty' || holder.type === 'ClassPrivateProperty') &&
      holder.value === value
    ) {
      names.push(`this.${holder.type === 'ClassProperty' ? nameOf(holder.key) : ''}`);
    } else if (
      holder.type !== 'VariableDeclaration' &&
      holder.type !== 'ExpressionStatement' &&
      holder.type !== 'ExportNamedDeclaration'
    ) {
      return undefined;
    }
    value = holder;
  }
  const usable = names.filter((name) => name !== '' && !/exports/.test(name));
  return usable.find((name) => !name.startsWith('this.')) ?? usable[0];
}

/** `app`, `this.app`; undefined for anything else. */
export function nameOf(node: Node): string | undefined {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return inner.name;
  if (inner.type !== 'MemberExpression' || inner.computed) return undefined;
  const object = inner.object.type === 'ThisExpression' ? 'this' : nameOf(inner.object);
  const property = inner.property.type === 'Identifier' ? inner.property.name : undefined;
  return object === undefined || property === undefined ? undefined : `${object}.${property}`;
}

/** Whether an application is part of another: `app.use('/admin', admin)`. */
function isMounted({ file, receiver }: AppCreation): boolean {
  if (receiver === undefined) return false;
  return contains(
    file,
    (node) =>
      node.type === 'CallExpression' &&
      node.callee.type === 'MemberExpression' &&
      node.callee.property.type === 'Identifier' &&
      node.callee.property.name === 'use' &&
      nameOf(node.callee.object) !== receiver &&
      node.arguments.some((argument) => nameOf(argument) === receiver),
  );
}

/** The statements of a class's method, or of its constructor. */
export function methodOf(owner: Class, name: string): readonly Statement[] | undefined {
  for (const member of owner.body.body) {
    if (member.type === 'ClassMethod' && nameOf(member.key) === name) return member.body.body;
    if (member.type === 'ClassPrivateMethod' && `#${member.key.id.name}` === name) {
      return member.body.body;
    }
    if (
      member.type === 'ClassProperty' &&
      nameOf(member.key) === name &&
      member.value?.type === 'ArrowFunctionExpression' &&
      member.value.body.type === 'BlockStatement'
    ) {
      return member.value.body.body;
    }
  }
  return undefined;
}
