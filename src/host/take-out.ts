import type { Comment, Node, Statement } from '@babel/types';
import type MagicString from 'magic-string';
import type { AppCreation } from './app-creation.ts';
import { requiredModule, spanOf } from './syntax.ts';

/**
 * Takes a statement out, with the comments that belong to it and the rest of its lines where nothing else is in them.
 *
 * @param from where it begins, if its comments are to stay.
 */
export function removeLines(
  spliced: MagicString,
  text: string,
  statement: Statement,
  from = startWithComments(text, statement),
): void {
  const { end } = spanOf(statement);
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const newline = text.indexOf('\n', end);
  const lineEnd = newline < 0 ? text.length : newline + 1;
  const isAlone =
    text.slice(lineStart, from).trim() === '' &&
    /^(\/\/.*|\/\*[^*]*\*\/)?$/.test(text.slice(end, lineEnd).trim());
  if (isAlone) spliced.remove(lineStart, lineEnd);
  else spliced.remove(from, end);
}

/**
 * Takes the import of one name out of a file, and leaves what else is imported with it.
 *
 * @returns whether it was found.
 */
export function removeImport(
  spliced: MagicString,
  { text, file }: AppCreation,
  name: string,
): boolean {
  for (const statement of file.program.body) {
    const items = importedBy(statement);
    const at = items.findIndex((item) => nameIn(item) === name);
    const item = items[at];
    if (item === undefined) continue;
    const before = items[at - 1];
    const after = items[at + 1];
    // Above an import may be what heads the file.
    if (items.length === 1) removeLines(spliced, text, statement, spanOf(statement).start);
    else if (after !== undefined)
      spliced.remove(spanOf(item).start, startOfItem(text, item, after));
    else if (before !== undefined) spliced.remove(spanOf(before).end, spanOf(item).end);
    return true;
  }
  return false;
}

/** What a statement imports, name by name. */
function importedBy(statement: Statement): readonly Node[] {
  switch (statement.type) {
    case 'ImportDeclaration':
      return statement.specifiers;
    case 'TSImportEqualsDeclaration':
      return [statement];
    case 'VariableDeclaration':
      return statement.declarations;
    default:
      return [];
  }
}

function nameIn(item: Node): string | undefined {
  switch (item.type) {
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
    case 'ImportSpecifier':
      return item.local.name;
    case 'TSImportEqualsDeclaration':
      return item.id.name;
    case 'VariableDeclarator': {
      const isImport = requiredModule(item.init) !== undefined && item.id.type === 'Identifier';
      return isImport && item.id.type === 'Identifier' ? item.id.name : undefined;
    }
    default:
      return undefined;
  }
}

/** `{` belongs to the names in it. */
function startOfItem(text: string, before: Node, item: Node): number {
  const { start } = spanOf(item);
  if (before.type !== 'ImportDefaultSpecifier' || item.type !== 'ImportSpecifier') return start;
  return text.indexOf('{', spanOf(before).end);
}

/** A comment belongs to a statement if it stands in lines of its own, directly above. */
export function startWithComments(text: string, statement: Statement): number {
  let { start } = spanOf(statement);
  for (const comment of (statement.leadingComments ?? []).toReversed()) {
    if (!belongs(text, comment, start)) break;
    start = spanOf(comment).start;
  }
  return start;
}

function belongs(text: string, comment: Comment, next: number): boolean {
  const { start, end } = spanOf(comment);
  const between = text.slice(end, next);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  return (
    between.trim() === '' &&
    (between.match(/\n/g)?.length ?? 0) === 1 &&
    text.slice(lineStart, start).trim() === ''
  );
}
