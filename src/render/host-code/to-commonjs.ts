import type { ImportDeclaration, Node } from '@babel/types';
import MagicString from 'magic-string';
import { spanOf } from '../../host/syntax.ts';
import { parseOwn } from './source.ts';

/**
 * Makes CommonJS of an ES module that is JavaScript. Its default imports are of packages whose `module.exports` is what
 * they export by default.
 */
export function toCommonJs(path: string, text: string): string {
  const source = new MagicString(text);
  const exported: string[] = [];
  for (const statement of parseOwn(path, text).program.body) {
    const { start, end } = spanOf(statement);
    if (statement.type === 'ImportDeclaration') {
      source.overwrite(start, end, requireFor(statement));
    } else if (statement.type === 'ExportNamedDeclaration') {
      const { declaration, specifiers, source: from } = statement;
      if (declaration) {
        source.remove(start, spanOf(declaration).start);
        exported.push(...declaredNames(declaration));
      } else {
        const names = specifiers.map(localAndExported);
        if (from) {
          const local = names.map(([name, as]) => pair(name, as)).join(', ');
          source.overwrite(start, end, `const { ${local} } = ${call(from.value)}`);
          exported.push(...names.map(([, as]) => as));
        } else {
          source.remove(start, end);
          exported.push(...names.map(([name, as]) => pair(as, name)));
        }
      }
    } else if (/^Export/.test(statement.type)) {
      throw new Error(`${path} exports in a way that is not known here`);
    }
  }
  if (exported.length > 0) source.append(`\n${exportsOf(exported)}`);
  return `"use strict";\n\n${source.toString()}`;
}

function localAndExported(specifier: Node): readonly [local: string, exported: string] {
  if (specifier.type !== 'ExportSpecifier') throw new Error(`${specifier.type} is not known here`);
  return [specifier.local.name, nameOf(specifier.exported)];
}

/** A member of an object, or of a pattern. */
const pair = (key: string, value: string): string => (key === value ? key : `${key}: ${value}`);

const call = (from: string): string => `require(${JSON.stringify(from)});`;

function requireFor({ specifiers, source }: ImportDeclaration): string {
  const whole = specifiers.find(({ type }) => type !== 'ImportSpecifier');
  const named = specifiers.flatMap((one) => {
    if (one.type !== 'ImportSpecifier') return [];
    return [pair(nameOf(one.imported), one.local.name)];
  });
  if (!whole && named.length === 0) return call(source.value);
  const names = `const { ${named.join(', ')} } = `;
  if (!whole) return `${names}${call(source.value)}`;
  const first = `const ${whole.local.name} = ${call(source.value)}`;
  return named.length === 0 ? first : `${first}\n${names}${whole.local.name};`;
}

const nameOf = (node: Node): string => {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'StringLiteral') return node.value;
  throw new Error(`${node.type} is no name`);
};

function declaredNames(declaration: Node): readonly string[] {
  if (declaration.type === 'VariableDeclaration') {
    return declaration.declarations.map(({ id }) => nameOf(id));
  }
  if ('id' in declaration && declaration.id) return [nameOf(declaration.id)];
  throw new Error(`${declaration.type} declares no name`);
}

function exportsOf(names: readonly string[]): string {
  const oneLine = `module.exports = { ${names.join(', ')} };\n`;
  if (oneLine.length <= 100) return oneLine;
  return `module.exports = {\n${names.map((name) => `  ${name},\n`).join('')}};\n`;
}
