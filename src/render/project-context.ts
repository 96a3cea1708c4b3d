import { type Feature, resolve } from '../features/feature.ts';
import { FEATURES } from '../features/registry.ts';
import type { ProjectAnswers } from '../options/answers.ts';
import type { Slots } from './engine.ts';
import { environmentRows } from './environment.ts';
import { sortImports } from './sort-imports.ts';
import { templatesOf } from './templates.ts';
import type { TreeFile } from './tree.ts';

/** What the templates of one project are rendered with. */
export interface ProjectContext {
  readonly answers: ProjectAnswers;
  /** The features that the answers select, in order. */
  readonly features: readonly Feature[];
  readonly slots: Slots;
}

/** Selects the features, and gathers what each puts into the seams of the others. */
export function projectContext(answers: ProjectAnswers): ProjectContext {
  const features = FEATURES.filter(({ when }) => when(answers));
  const { items, pieces } = emptySlots(answers);
  // A slot is rendered when somebody asks for it, by when all of its own seams are known.
  const fragments = Object.fromEntries(
    [...pieces].map(([slot, parts]) => [slot, () => parts.map((part) => part()).join('')]),
  );
  const slots: Slots = { items, fragments };
  const fill = (slot: string, piece: () => string): void => {
    const parts = pieces.get(slot);
    if (!parts) throw new Error(`no feature declares the slot "${slot}"`);
    parts.push(piece);
  };
  for (const feature of features) {
    for (const [name, added] of Object.entries(resolve(feature.items ?? {}, answers))) {
      items.set(name, [...(items.get(name) ?? []), ...added]);
    }
  }
  for (const feature of features) {
    for (const [slot, template] of templatesOf(feature.id).slots) {
      fill(slot, () => template(answers, slots));
    }
    for (const [slot, text] of Object.entries(feature.fragments?.(answers) ?? {})) {
      fill(slot, () => text);
    }
  }
  fill('settings.rows', () => environmentRows(features, answers));
  return { answers, features, slots };
}

/**
 * Every slot and list that any feature can fill, empty: a template may name those and no others, so that a misspelt
 * one is an error, and one that nobody fills this time is not.
 */
function emptySlots(answers: ProjectAnswers) {
  const pieces = new Map<string, (() => string)[]>();
  const items = new Map<string, readonly string[]>();
  for (const feature of FEATURES) {
    for (const slot of templatesOf(feature.id).slots.keys()) pieces.set(slot, []);
    for (const slot of feature.slots ?? []) pieces.set(slot, []);
    for (const name of Object.keys(resolve(feature.items ?? {}, answers))) items.set(name, []);
  }
  return { pieces, items };
}

/**
 * The whole files of one feature.
 *
 * @param wanted tells which paths are rendered at all
 */
export function* renderTemplates(
  { id, borrows }: Feature,
  { answers, slots }: ProjectContext,
  wanted: (path: string) => boolean = () => true,
): Iterable<readonly [string, TreeFile]> {
  const borrowed =
    borrows === undefined
      ? []
      : templatesOf(borrows.from).files.filter(({ path }) => borrows.paths.includes(path));
  for (const { path, content, hasSeams } of [...templatesOf(id).files, ...borrowed]) {
    if (!wanted(path)) continue;
    const text = content(answers, slots);
    yield [path, { content: hasSeams ? tidy(path, text) : text, mode: 0o644, feature: id }];
  }
}

/** Removes what an empty slot leaves behind, and orders the imports that several features brought. */
function tidy(path: string, text: string): string {
  const spaced = text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\n+$/, '\n');
  return path.endsWith('.ts') ? sortImports(spaced) : spaced;
}
