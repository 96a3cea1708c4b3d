import Handlebars from 'handlebars';
import { COMPILE_OPTIONS } from './compile-options.ts';

/** Our own Handlebars, which shares no helper and no partial with anybody else's. */
const engine = Handlebars.create();

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

/** The templates that are compiled already, relative to `templates`: of those, the package has no text. None here. */
export const compiledNames: readonly string[] = [];
