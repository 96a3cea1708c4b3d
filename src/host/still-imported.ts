import type { Node } from '@babel/types';
import type { Change } from '../disk/changes.ts';
import type { ProjectRecord } from '../merge/record.ts';
import type { Tree } from '../render/tree.ts';
import { openHostFiles } from './host-files.ts';
import { resolveImport } from './imports-of-host.ts';
import type { HostShape } from './shape.ts';
import { parseSource, requiredModule, spanOf, walk } from './syntax.ts';

/** A line of the host's own that imports what goes. */
export interface StillImported {
  /** `path:line`, as it is as long as nothing is written. */
  readonly where: string;
  /** The same once the plan is carried out: what goes above it moves it up. */
  readonly whereAfter: string;
  /** As it is written there. */
  readonly module: string;
}

/** What is to go. */
export interface Removal {
  readonly root: string;
  readonly record: Pick<ProjectRecord, 'base' | 'host'>;
  readonly shape: HostShape;
  readonly changes: readonly Change[];
  /** What stays of ours. */
  readonly tree: Tree;
}

/**
 * Finds what of the host's own would import nothing any more: a file that goes, or a name that a file which stays does
 * not export any more. A namespace of a file that stays counts as if only what stays were used of it.
 */
export function stillImported(removal: Removal): readonly StillImported[] {
  const { root, record, shape, changes, tree } = removal;
  // One that is missed breaks the app, and most need not be parsed.
  const files = openHostFiles(root, Number.POSITIVE_INFINITY);
  const isOurs = (path: string) =>
    path.startsWith(`${shape.folder}/`) && (record.base.has(path) || tree.has(path));
  const later = new Map(changes.map((change) => [change.path, change]));
  const lost = new Map<string, ReadonlySet<string>>();
  const lostOf = (path: string): ReadonlySet<string> => {
    const known = lost.get(path) ?? lostNames(path, files.read(path), later.get(path));
    lost.set(path, known);
    return known;
  };
  const isGone = (path: string, { module, names }: Import): boolean => {
    const target = resolveImport(files, module, path, shape.sourceRoot);
    if (target === undefined || !isOurs(target)) return false;
    return !tree.has(target) || names.some((name) => lostOf(target).has(name));
  };
  const mark = shape.folder.slice(shape.folder.lastIndexOf('/') + 1);
  return files.sources().flatMap((path) => {
    const text = files.read(path) ?? '';
    // Reading on costs more; what lies in the folder itself does not name it.
    const mayImport = text.includes(mark) || path.startsWith(`${shape.folder}/`);
    if (isOurs(path) || !mayImport) return [];
    const change = later.get(path);
    const after = textAfter(text, change);
    const wired = record.host?.wiring.find((one) => one.path === path)?.inserted ?? [];
    // Of a file that somebody has to decide about, our own line is no matter of theirs.
    const isWired = ({ code }: Import) =>
      change?.kind === 'conflict' && wired.some((lines) => lines.includes(code));
    const rest = importsIn(path, after).filter((one) => isGone(path, one) && !isWired(one));
    const now = after === text ? [...rest] : [...importsIn(path, text)];
    return rest.map(({ module, line, code }) => {
      const at = now.findIndex((one) => one.code === code);
      const [{ line: present } = { line }] = at < 0 ? [] : now.splice(at, 1);
      return { where: `${path}:${present}`, whereAfter: `${path}:${line}`, module };
    });
  });
}

/** A file as it is to be; one that somebody has to decide about is what it is until then. */
function textAfter(text: string, change: Change | undefined): string {
  if (change?.kind === 'delete') return '';
  const isWritten = change !== undefined && /^(create|update|merge)$/.test(change.kind);
  return isWritten && 'file' in change ? String(change.file.content) : text;
}

function lostNames(
  path: string,
  text: string | undefined,
  change: Change | undefined,
): ReadonlySet<string> {
  const left = exportedBy(path, textAfter(text ?? '', change));
  return new Set([...exportedBy(path, text ?? '')].filter((name) => !left.has(name)));
}

interface Import {
  readonly module: string;
  readonly line: number;
  /** The lines that it stands in, to know it again. */
  readonly code: string;
  /** What it takes of the module, as far as that is written by name. */
  readonly names: readonly string[];
}

function importsIn(path: string, text: string): readonly Import[] {
  const file = text === '' ? undefined : parseSource(path, text);
  const found: Import[] = [];
  if (file === undefined) return found;
  walk(file, (node, ancestors) => {
    const module = importedModule(node);
    if (module !== undefined) {
      const { start, end } = spanOf(node);
      const from = text.lastIndexOf('\n', start - 1) + 1;
      const code = text.slice(from, end) + text.slice(end).split('\n', 1)[0];
      const names = namesOf(node, ancestors);
      found.push({ module, line: node.loc?.start.line ?? 1, code: code.trim(), names });
    }
    return undefined;
  });
  return found;
}

function importedModule(node: Node): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return node.source.value;
    case 'ExportNamedDeclaration':
      return node.source?.value;
    case 'TSExternalModuleReference':
      return node.expression.value;
    case 'TSImportType':
      return node.argument.value;
    case 'CallExpression': {
      const [argument] = node.arguments;
      const isDynamic = node.callee.type === 'Import' && argument?.type === 'StringLiteral';
      return isDynamic ? argument.value : requiredModule(node);
    }
    default:
      return undefined;
  }
}

function namesOf(node: Node, ancestors: readonly Node[]): readonly string[] {
  if (node.type === 'ImportDeclaration') {
    return node.specifiers.flatMap((one) =>
      one.type === 'ImportSpecifier' ? nameOf(one.imported) : [],
    );
  }
  if (node.type === 'ExportNamedDeclaration') {
    return node.specifiers.flatMap((one) =>
      one.type === 'ExportSpecifier' ? nameOf(one.local) : [],
    );
  }
  if (node.type === 'TSImportType') {
    const name = node.qualifier?.type === 'Identifier' ? node.qualifier.name : undefined;
    return name === undefined ? [] : [name];
  }
  const holder = ancestors.findLast(
    ({ type }) => type !== 'AwaitExpression' && type !== 'ParenthesizedExpression',
  );
  if (holder?.type === 'MemberExpression') return nameOf(holder.property);
  return holder?.type === 'VariableDeclarator' ? keysOf(holder.id) : [];
}

/** The names that a file gives, by `export` or in the one object that is its `module.exports`. */
function exportedBy(path: string, text: string): ReadonlySet<string> {
  const names = (parseSource(path, text)?.program.body ?? []).flatMap((statement) => {
    if (statement.type === 'ExportNamedDeclaration') {
      const { declaration, specifiers } = statement;
      const exported = specifiers.flatMap((one) => nameOf(one.exported));
      if (!declaration) return exported;
      return declaration.type === 'VariableDeclaration'
        ? declaration.declarations.flatMap(({ id }) => nameOf(id))
        : 'id' in declaration && declaration.id
          ? nameOf(declaration.id)
          : [];
    }
    const isAssigned =
      statement.type === 'ExpressionStatement' &&
      statement.expression.type === 'AssignmentExpression';
    return isAssigned && 'right' in statement.expression ? keysOf(statement.expression.right) : [];
  });
  return new Set(names);
}

function keysOf(node: Node): readonly string[] {
  if (node.type !== 'ObjectPattern' && node.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((one) => (one.type === 'ObjectProperty' ? nameOf(one.key) : []));
}

function nameOf(node: Node): readonly string[] {
  if (node.type === 'Identifier') return [node.name];
  return node.type === 'StringLiteral' ? [node.value] : [];
}
