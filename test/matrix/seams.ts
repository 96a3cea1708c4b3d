import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Feature, resolve } from '../../src/features/feature.ts';
import { FEATURES } from '../../src/features/registry.ts';
import type { ProjectAnswers } from '../../src/options/answers.ts';
import { packageRoot } from '../../src/package-root.ts';
import { projectContext } from '../../src/render/project-context.ts';
import type { Variant } from './variants.ts';

/** A name that a template asks for, and where. */
export interface Seam {
  readonly name: string;
  /** Whole lines may be none; a list inside a line may not. */
  readonly kind: 'lines' | 'list';
  readonly file: string;
}

const ROOT = join(packageRoot, 'templates');

/** The seams in the templates of one feature. */
export function seamsOf(featureId: string): readonly Seam[] {
  let seams = known.get(featureId);
  if (!seams) {
    seams = filesOf(featureId).flatMap((file) => {
      const source = readFileSync(join(ROOT, featureId, file), 'utf8');
      // A file that is copied as it is may have braces of its own.
      if (file.startsWith('files/') && !file.endsWith('.hbs')) return [];
      return [...source.matchAll(/\{\{~?(>|join|sorted|fit) "?([\w.]+)/g)].map(
        ([, kind, name = '']): Seam => ({
          name,
          kind: kind === '>' ? 'lines' : 'list',
          file: `${featureId}/${file}`,
        }),
      );
    });
    known.set(featureId, seams);
  }
  return seams;
}

const known = new Map<string, readonly Seam[]>();

/** The slots that a feature has text for, in files of its own or computed. */
export function slotsOf({ id, slots = [] }: Feature): readonly string[] {
  const written = filesOf(id)
    .filter((file) => file.startsWith('slots/'))
    .map((file) => file.slice('slots/'.length).replace(/\.\w+$/, ''));
  return [...written, ...slots];
}

/** The lists that some project's features put something into. */
export function listsOf(feature: Feature, variants: readonly Variant[]): ReadonlySet<string> {
  return new Set(
    variants
      .filter(({ answers }) => feature.when(answers))
      .flatMap(({ answers }) => Object.keys(resolve(feature.items ?? {}, answers))),
  );
}

/** Lists that stand in a line of this project, and have nothing in them. */
export function emptyLists(answers: ProjectAnswers): readonly string[] {
  const { features, slots } = projectContext(answers);
  return features
    .flatMap(({ id }) => seamsOf(id))
    .filter(({ kind, name }) => kind === 'list' && !slots.items.get(name)?.length)
    .map(({ file, name }) => `templates/${file}: the list ${name} is empty`);
}

/** The folders of `templates/`. */
export function templateFolders(): readonly string[] {
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** Every id of a feature. */
export const featureIds: readonly string[] = FEATURES.map(({ id }) => id);

function filesOf(featureId: string): readonly string[] {
  if (!templateFolders().includes(featureId)) return [];
  return readdirSync(join(ROOT, featureId), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(ROOT, featureId).length + 1))
    .map((path) => path.replaceAll('\\', '/'));
}
