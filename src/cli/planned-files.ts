import { dirname } from 'node:path/posix';
import type { Palette } from './colour.ts';
import { wrap } from './layout.ts';

/**
 * Files by folder, a paragraph each, those of the project itself first.
 *
 * @param paths with slashes.
 * @param width of a line.
 */
export function plannedFiles(
  paths: readonly string[],
  width: number,
  { dim }: Palette,
): readonly string[] {
  const folders = new Map<string, string[]>([['.', []]]);
  for (const path of paths) {
    const folder = dirname(path);
    folders.set(folder, [
      ...(folders.get(folder) ?? []),
      path.slice(folder === '.' ? 0 : folder.length + 1),
    ]);
  }
  return [...folders]
    .filter(([, names]) => names.length > 0)
    .flatMap(([folder, names]) => [
      `  ${dim(folder === '.' ? './' : `${folder}/`)}`,
      ...wrap(names.join(' '), width, '    '),
    ]);
}
