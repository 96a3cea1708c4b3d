import { expect, test } from 'vitest';
import type { Feature } from '../../src/features/feature.ts';
import { FEATURES } from '../../src/features/registry.ts';
import { hostVariants, partsVariant, SHAPES } from './host-shapes.ts';
import { featureIds, listsOf, seamsOf, slotsOf, templateFolders } from './seams.ts';
import { answersOf, everyVariant, movedVariants } from './variants.ts';

const variants = [
  ...everyVariant(),
  ...movedVariants(),
  { label: 'short-name', answers: { ...answersOf({}), name: 'api' } },
  ...Object.values(SHAPES).flatMap(hostVariants),
  ...Object.values(SHAPES).map(partsVariant),
];
const seams = FEATURES.flatMap(({ id }) => seamsOf(id));
const lines = seams.filter(({ kind }) => kind === 'lines');
const lists = seams.filter(({ kind }) => kind === 'list');

test('every feature has a name of its own, and every folder of templates a feature', () => {
  expect(new Set(featureIds).size).toBe(featureIds.length);
  expect(templateFolders().filter((folder) => !featureIds.includes(folder))).toEqual([]);
});

test('every slot and list that a feature fills stands in some template', () => {
  const used = (name: string, among: typeof seams) => among.some((seam) => seam.name === name);
  const lost = FEATURES.flatMap((feature) => [
    ...slotsOf(feature).filter((slot) => !used(slot, lines)),
    ...[...listsOf(feature, variants)].filter((list) => !used(list, lists)),
  ]);
  expect(lost).toEqual([]);
});

test('every slot and list of a template can be filled by some feature', () => {
  const slots = new Set(FEATURES.flatMap(slotsOf));
  const items = new Set(FEATURES.flatMap((feature) => [...listsOf(feature, variants)]));
  expect(lines.filter(({ name }) => !slots.has(name))).toEqual([]);
  expect(lists.filter(({ name }) => !items.has(name))).toEqual([]);
});

test('every feature is part of some project, or of a module in a repo that exists', () => {
  const isUsed = ({ when }: Feature) => variants.some(({ answers }) => when(answers));
  expect(FEATURES.filter((feature) => !isUsed(feature)).map(({ id }) => id)).toEqual([]);
});
