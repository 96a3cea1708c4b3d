import type { Node } from '@babel/types';
import MagicString from 'magic-string';
import type { HostShape, HostStyle } from '../../host/shape.ts';
import { spanOf } from '../../host/syntax.ts';
import { eachNode, parseOwn, type Span } from './source.ts';

/** Writes a file of ours the way the repo writes its own: the same program, in other spaces and signs. */
export function restyle(
  path: string,
  text: string,
  { style, importSuffix }: Pick<HostShape, 'style' | 'importSuffix'>,
): string {
  if (isOurs(style) && importSuffix === '.js') return withLineEnds(text, style);
  const file = parseOwn(path, text);
  const source = new MagicString(text);
  const untouched: Span[] = [];
  eachNode(file, (node, parent) => {
    const { start, end } = spanOf(node);
    if (node.type === 'StringLiteral' || node.type === 'DirectiveLiteral') {
      const suffixed = isModuleName(node, parent)
        ? withSuffix(text.slice(start, end), importSuffix)
        : text.slice(start, end);
      const literal = quoted(suffixed, style.quote);
      if (literal !== text.slice(start, end)) source.overwrite(start, end, literal);
    }
    if (node.type === 'TemplateElement') untouched.push({ start, end });
    if (!style.semicolons && endsWithNeedlessSemicolon(node, parent, text)) {
      source.remove(end - 1, end);
    }
  });
  indentWith(source, text, style.indent, untouched);
  return withLineEnds(source.toString(), style);
}

/** Whether it is how our templates are written. */
function isOurs({ quote, semicolons, indent }: HostStyle): boolean {
  return quote === '"' && semicolons && indent === '  ';
}

/** A file that is no program: only its line ends are the repo's. */
export function withLineEnds(text: string, { eol }: Pick<HostStyle, 'eol'>): string {
  return eol === '\n' ? text : text.replaceAll('\n', eol);
}

function isModuleName(node: Node, parent: Node | undefined): boolean {
  if (!parent) return false;
  if ('source' in parent && parent.source === node) return true;
  return (
    parent.type === 'CallExpression' &&
    parent.callee.type === 'Identifier' &&
    parent.callee.name === 'require'
  );
}

function withSuffix(literal: string, suffix: HostShape['importSuffix']): string {
  return /^["']\.\.?\//.test(literal) ? literal.replace(/\.js(?=["']$)/, suffix) : literal;
}

/** A literal in the quotes that are asked for, unless it would need escapes that it does not need now. */
function quoted(literal: string, quote: HostStyle['quote']): string {
  if (literal[0] === quote || literal.slice(1, -1).includes(quote)) return literal;
  const other = literal[0] ?? '';
  return `${quote}${literal.slice(1, -1).replaceAll(`\\${other}`, other)}${quote}`;
}

/** What ends in a semicolon that stands for the end of the line, and so can go: unless what comes next would join in. */
function endsWithNeedlessSemicolon(node: Node, parent: Node | undefined, text: string): boolean {
  if (!ENDED.has(node.type)) return false;
  if (node.type === 'VariableDeclaration' && parent && /^For/.test(parent.type)) return false;
  const { end } = spanOf(node);
  if (text[end - 1] !== ';') return false;
  const rest = text.slice(end);
  if (/^ *\}/.test(rest)) return true;
  if (!/^(?: *\/\/[^\n]*)?\n/.test(rest)) return false;
  const next = rest.replace(/^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)+/, '');
  return !/^[([`+\-/*]/.test(next);
}

const ENDED = new Set([
  'ExpressionStatement',
  'VariableDeclaration',
  'ReturnStatement',
  'ThrowStatement',
  'BreakStatement',
  'ContinueStatement',
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ClassProperty',
  'ClassPrivateProperty',
  'Directive',
  'TSTypeAliasDeclaration',
  'TSPropertySignature',
  'TSMethodSignature',
  'TSIndexSignature',
]);

/** Our own step is two spaces. */
const STEP = /^( *)(?=\S)/gm;

function indentWith(
  source: MagicString,
  text: string,
  indent: string,
  untouched: readonly Span[],
): void {
  if (indent === '  ') return;
  for (const { index, 0: spaces } of text.matchAll(STEP)) {
    if (spaces === '' || untouched.some(({ start, end }) => start <= index && index <= end))
      continue;
    const steps = Math.floor(spaces.length / 2);
    // What is left over is that of a comment's stars.
    source.overwrite(
      index,
      index + spaces.length,
      indent.repeat(steps) + ' '.repeat(spaces.length % 2),
    );
  }
}
