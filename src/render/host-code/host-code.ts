import type { HostShape } from '../../host/shape.ts';
import { restyle, withLineEnds } from './restyle.ts';
import { stripTypes } from './strip-types.ts';
import { toCommonJs } from './to-commonjs.ts';

/**
 * Makes the repo's kind of file of one of ours: its language, its kind of modules and its style. The name of a
 * TypeScript file changes with the language.
 *
 * @returns its path and its text; undefined for a file of types, where there are none
 */
export function hostCode(
  path: string,
  text: string,
  shape: HostShape,
): readonly [path: string, text: string] | undefined {
  if (!path.endsWith('.ts')) return [path, withLineEnds(text, shape.style)];
  if (shape.language === 'typescript') return [path, restyle(path, text, shape)];
  const name = path.replace(/ts$/, 'js');
  const stripped = stripTypes(path, text);
  if (stripped.trim() === '') return undefined;
  const code = shape.modules === 'commonjs' ? toCommonJs(name, stripped) : stripped;
  return [name, restyle(name, code, shape)];
}
