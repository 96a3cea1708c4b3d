import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import Handlebars from 'handlebars';
import { packageRoot } from '../package-root.ts';
import { COMPILE_OPTIONS } from './compile-options.ts';

/** Our own Handlebars, which shares no helper and no partial with anybody else's. */
export const engine = Handlebars.create();

/**
 * Compiles a template. In the bundle, the build puts the templates compiled already in the place of this file: the
 * compiler would be most of the time that a run takes.
 *
 * @param name relative to `templates`
 * @param read reads its text
 */
export function toTemplate(_name: string, read: () => string): Handlebars.TemplateDelegate {
  return engine.compile(read(), COMPILE_OPTIONS);
}

/**
 * Every template that there is, relative to `templates` and in the order of the alphabet. In the bundle, the build has
 * listed them: of those that are compiled already, the package has no file.
 */
export function templateNames(): readonly string[] {
  const folder = join(packageRoot, 'templates');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}
