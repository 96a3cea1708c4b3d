import type { CallExpression, Node } from '@babel/types';
import { type AppCreation, nameOf } from './app-creation.ts';
import { readBindings } from './bindings.ts';
import type { HostFiles } from './host-files.ts';
import { resolveImport } from './imports-of-host.ts';
import { contains, parseSource, requiredModule } from './syntax.ts';

/**
 * Leaves out the applications that another file mounts in its own, as `app.use('/api', api)`: they get their requests
 * from that one.
 *
 * @param sources the files to look in.
 */
export function withoutMounted(
  creations: readonly AppCreation[],
  files: HostFiles,
  sources: readonly string[],
  sourceRootOf: (path: string) => string,
): readonly AppCreation[] {
  if (creations.length < 2) return creations;
  const mounted = new Set(
    sources.flatMap((path) =>
      mountedIn(path, files.read(path) ?? '').map((module) =>
        resolveImport(files, module, path, sourceRootOf(path)),
      ),
    ),
  );
  const rest = creations.filter(({ path }) => !mounted.has(path));
  return rest.length > 0 ? rest : creations;
}

/** The modules that a file gives to `use`. */
function mountedIn(path: string, text: string): readonly string[] {
  if (!/\.use\(/.test(text)) return [];
  const file = parseSource(path, text);
  if (file === undefined) return [];
  const { modules } = readBindings(file);
  const found: string[] = [];
  contains(file, (node) => {
    if (isUse(node)) {
      for (const argument of node.arguments) {
        const module = requiredModule(argument) ?? modules.get(nameOf(argument) ?? '');
        if (module !== undefined) found.push(module);
      }
    }
    return false;
  });
  return found;
}

function isUse(node: Node): node is CallExpression {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    node.callee.property.type === 'Identifier' &&
    node.callee.property.name === 'use'
  );
}
