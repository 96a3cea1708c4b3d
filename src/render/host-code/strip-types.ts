import type { Comment, Node, Statement } from '@babel/types';
import MagicString from 'magic-string';
import { spanOf } from '../../host/syntax.ts';
import { eachNode, parseOwn, type Span } from './source.ts';

/**
 * Makes JavaScript of TypeScript by taking the types out of the text: what is left, comments among it, is as it was
 * written. Takes erasable syntax only, which is all that our templates use.
 */
export function stripTypes(path: string, text: string): string {
  const file = parseOwn(path, text);
  const source = new MagicString(text);
  const remove = ({ start, end }: Span): void => {
    if (end > start) source.remove(start, end);
  };
  for (const statement of file.program.body) {
    if (isType(statement)) remove(wholeLines(statement, text));
  }
  eachNode(file, (node, parent) => {
    for (const span of typesIn(node, parent, text)) remove(span);
  });
  return onOneLine(path, withoutGaps(source.toString()));
}

/** A statement that is about types only. */
function isType(statement: Statement): boolean {
  switch (statement.type) {
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSModuleDeclaration':
      return true;
    case 'ImportDeclaration':
      return statement.importKind === 'type' || onlyTypes(statement.specifiers);
    case 'ExportNamedDeclaration':
      return (
        statement.exportKind === 'type' ||
        (statement.declaration ? isType(statement.declaration) : onlyTypes(statement.specifiers))
      );
    default:
      return false;
  }
}

const isTypeSpecifier = (node: Node): boolean =>
  (node.type === 'ImportSpecifier' && node.importKind === 'type') ||
  (node.type === 'ExportSpecifier' && node.exportKind === 'type');

const onlyTypes = (specifiers: readonly Node[]): boolean =>
  specifiers.length > 0 && specifiers.every(isTypeSpecifier);

/** A statement with its comments, to the end of its line. */
function wholeLines(statement: Statement, text: string): Span {
  const { start, end } = spanOf(statement);
  // A comment that a blank line parts from it is about something else.
  const own = (statement.leadingComments ?? []).filter((comment: Comment) =>
    /^\n?[^\n]*(?:\n[^\n]+)*$/.test(text.slice(spanOf(comment).end, start)),
  );
  const first = own[0] ? spanOf(own[0]).start : start;
  return { start: first, end: text[end] === '\n' ? end + 1 : end };
}

/** What of a node says types, and no more than that. */
function* typesIn(node: Node, parent: Node | undefined, text: string): Iterable<Span> {
  switch (node.type) {
    case 'TSTypeAnnotation':
      // The `?` or `!` before it too.
      yield {
        start: spanOf(node).start - Number(/[?!]/.test(before(node, text))),
        end: spanOf(node).end,
      };
      return;
    case 'TSTypeParameterDeclaration':
    case 'TSTypeParameterInstantiation':
      yield spanOf(node);
      return;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      yield { start: spanOf(node.expression).end, end: spanOf(node).end };
      yield* needlessParentheses(node, node.expression, text);
      return;
    case 'TSNonNullExpression':
      yield { start: spanOf(node.expression).end, end: spanOf(node).end };
      return;
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
      yield* typeSpecifiers(node.specifiers, text);
      return;
    case 'ClassProperty':
    case 'ClassPrivateProperty':
    case 'ClassMethod': {
      const { start } = spanOf(node);
      const words = /^(?:(?:public|private|protected|readonly|override|declare)\s+)*/.exec(
        text.slice(start),
      );
      yield { start, end: start + (words?.[0].length ?? 0) };
      return;
    }
    case 'TSParameterProperty':
    case 'TSEnumDeclaration':
    case 'TSImportEqualsDeclaration':
    case 'TSExportAssignment':
      throw new Error(`${node.type} in ${parent?.type ?? 'a program'} is more than a type`);
    default:
  }
}

const before = (node: Node, text: string): string => text[spanOf(node).start - 1] ?? '';

/** Those around `(value as Type)`, where the value alone needs none. */
function* needlessParentheses(node: Node, inner: Node, text: string): Iterable<Span> {
  if (!node.extra?.parenthesized || !SIMPLE.has(inner.type)) return;
  const open = node.extra.parenStart;
  const close = text.indexOf(')', spanOf(node).end);
  if (typeof open !== 'number') return;
  yield { start: open, end: open + 1 };
  yield { start: close, end: close + 1 };
}

const SIMPLE = new Set(['Identifier', 'MemberExpression', 'CallExpression']);

/** Each with the comma that parts it from the next, or from the one before. */
function* typeSpecifiers(specifiers: readonly Node[], text: string): Iterable<Span> {
  const named = specifiers.filter(
    ({ type }) => type === 'ImportSpecifier' || type === 'ExportSpecifier',
  );
  const kept = named.filter((one) => !isTypeSpecifier(one));
  const [first] = named;
  const last = named.at(-1);
  if (!first || !last || kept.length === named.length) return;
  if (kept.length === 0) {
    // All of the braces, and the comma between them and the default.
    const start = text.lastIndexOf(
      specifiers.length > named.length ? ',' : '{',
      spanOf(first).start,
    );
    yield { start, end: text.indexOf('}', spanOf(last).end) + 1 };
    return;
  }
  for (const [index, one] of named.entries()) {
    if (!isTypeSpecifier(one)) continue;
    const next = named[index + 1];
    const keptBefore = named.slice(0, index).some((other) => !isTypeSpecifier(other));
    const keptAfter = named.slice(index + 1).some((other) => !isTypeSpecifier(other));
    const previous = named[index - 1];
    if (keptAfter && next) yield { start: spanOf(one).start, end: spanOf(next).start };
    else if (keptBefore && previous) yield { start: spanOf(previous).end, end: spanOf(one).end };
  }
}

/** One blank line where several came together, and none at the head, at the end, or after an opening brace. */
function withoutGaps(text: string): string {
  return `${text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/([{([])\n\n/g, '$1\n')
    .replace(/^\n+/, '')
    .trimEnd()}\n`;
}

/** Of code, in columns. */
const LINE_WIDTH = 100;

/** Puts the parameters of a function on one line where they fit now. */
function onOneLine(path: string, text: string): string {
  const javascript = path.replace(/ts$/, 'js');
  const source = new MagicString(text);
  eachNode(parseOwn(javascript, text), (node) => {
    if (!('params' in node) || !Array.isArray(node.params) || !('body' in node)) return;
    const [first] = node.params;
    const last = node.params.at(-1);
    if (!first || !last || !node.body || Array.isArray(node.body)) return;
    const start = text.lastIndexOf('(', spanOf(first).start);
    const end = text.indexOf(')', spanOf(last).end);
    const inner = text.slice(start + 1, end);
    if (!/^\n/.test(inner) || /\/[/*]|`/.test(inner)) return;
    const joined = inner
      .trim()
      .replace(/,$/, '')
      .replace(/\s*\n\s*/g, ' ');
    const lineStart = text.lastIndexOf('\n', start) + 1;
    const restOfLine = text.slice(end, text.indexOf('\n', end));
    if (start + 1 - lineStart + joined.length + restOfLine.length <= LINE_WIDTH) {
      source.overwrite(start + 1, end, joined);
    }
  });
  return source.toString();
}
