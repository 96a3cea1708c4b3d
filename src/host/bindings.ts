import type { File, Node, Statement } from '@babel/types';
import { requiredModule, walk } from './syntax.ts';

/** What the names of a file stand for, as far as they are imported. */
export interface Bindings {
  /** The module that each imported name comes from. */
  readonly modules: ReadonlyMap<string, string>;
  /** The names under which a whole module, or its default, is at hand. */
  readonly wholes: ReadonlyMap<string, string>;
  /** The statements at the top of the file that import something, in their order. */
  readonly statements: readonly Statement[];
}

/** Reads what a file imports, by `import` or by `require`. */
export function readBindings(file: File): Bindings {
  const modules = new Map<string, string>();
  const wholes = new Map<string, string>();
  const bind = (name: string, module: string, isWhole: boolean) => {
    modules.set(name, module);
    if (isWhole) wholes.set(name, module);
  };
  walk(file, (node) => {
    if (node.type === 'ImportDeclaration') {
      for (const specifier of node.specifiers) {
        const isDefault =
          specifier.type !== 'ImportSpecifier' ||
          (specifier.imported.type === 'Identifier' && specifier.imported.name === 'default');
        bind(specifier.local.name, node.source.value, isDefault);
      }
    } else if (node.type === 'TSImportEqualsDeclaration') {
      const { moduleReference: reference } = node;
      if (reference.type === 'TSExternalModuleReference') {
        bind(node.id.name, reference.expression.value, true);
      }
    } else if (node.type === 'VariableDeclarator') {
      const module = requiredModule(node.init) ?? requiredModule(memberOf(node.init));
      if (module !== undefined) {
        for (const name of namesIn(node.id)) bind(name, module, node.id.type === 'Identifier');
      }
    }
    return undefined;
  });
  return { modules, wholes, statements: file.program.body.filter(isImport) };
}

/** Whether a statement imports: it is where another import may stand beside. */
function isImport(statement: Statement): boolean {
  if (statement.type === 'ImportDeclaration') return true;
  if (statement.type === 'TSImportEqualsDeclaration') return true;
  return (
    statement.type === 'VariableDeclaration' &&
    statement.declarations.every(
      ({ init }) => requiredModule(init) !== undefined || requiredModule(memberOf(init)),
    )
  );
}

/** What `require('x').y` takes from. */
function memberOf(node: Node | null | undefined): Node | undefined {
  return node?.type === 'MemberExpression' ? node.object : undefined;
}

function namesIn(pattern: Node): readonly string[] {
  if (pattern.type === 'Identifier') return [pattern.name];
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap((property) =>
    property.type === 'ObjectProperty' && property.value.type === 'Identifier'
      ? [property.value.name]
      : [],
  );
}
