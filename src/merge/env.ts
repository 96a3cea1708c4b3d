import type { Merged, Sides } from './text.ts';

/**
 * The settings of a machine, with those added that are missing. Nothing that is there is touched.
 *
 * @param ours what is there.
 * @param theirs a whole file with fresh secrets; each variable in a paragraph of its own.
 */
export function addMissing(ours: string, theirs: string): string {
  const present = new Set([...ours.matchAll(SET)].map(([, name]) => name));
  const missing = paragraphsOf(theirs).filter((paragraph) => {
    const names = [...paragraph.matchAll(SET)].map(([, name]) => name);
    return names.length > 0 && !names.some((name) => present.has(name));
  });
  if (missing.length === 0) return ours;
  const end = ours.includes('\r\n') ? '\r\n' : '\n';
  const before = ours === '' || ours.endsWith('\n') ? ours : `${ours}${end}`;
  const added = missing.map((paragraph) => `\n${paragraph}\n`).join('');
  return `${before}${added.replaceAll('\n', end)}`;
}

/** The names of the variables that `addMissing` would add. */
export function missingNames(ours: string, theirs: string): readonly string[] {
  const present = new Set([...ours.matchAll(SET)].map(([, name]) => name));
  return [...theirs.matchAll(SET)].flatMap(([, name]) =>
    name === undefined || present.has(name) ? [] : [name],
  );
}

/**
 * Merges a file of settings by variable, so that settings which both sides add at its end are no conflict. A paragraph
 * that somebody edited stays as it is, and so do those that are not ours.
 */
export function mergeSettings({ base, ours, theirs }: Sides): Merged {
  const end = ours.includes('\r\n') ? '\r\n' : '\n';
  const from = byName(base);
  const wanted = byName(theirs);
  const kept = paragraphsOf(ours).flatMap((paragraph): readonly string[] => {
    const name = nameOf(paragraph);
    const former = from.get(name);
    if (former === undefined || former !== paragraph) return [paragraph];
    const ours = wanted.get(name);
    return ours === undefined ? [] : [ours];
  });
  const present = new Set(
    kept.flatMap((paragraph) => [...paragraph.matchAll(MENTIONED)].map(([, name]) => name)),
  );
  // A setting that was there and that somebody took out stays out.
  const added = [...wanted].filter(
    ([name]) => name !== '' && !from.has(name) && !present.has(name),
  );
  const order = [...wanted.keys()];
  for (const [name, paragraph] of added) {
    const before = new Set(order.slice(0, order.indexOf(name)));
    const place = kept.findLastIndex((one) => before.has(nameOf(one))) + 1;
    kept.splice(place === 0 ? kept.length : place, 0, paragraph);
  }
  const text = `${kept.join('\n\n')}${/\n$/.test(ours) ? '\n' : ''}`;
  return { content: text.replaceAll('\n', end), conflicts: [] };
}

const SET = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=/gm;
const MENTIONED = /^[ \t]*(?:#[ \t]*)?(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=/gm;

function paragraphsOf(text: string): readonly string[] {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/\n+$/, '')
    .split(/\n(?:[ \t]*\n)+/)
    .filter((paragraph) => paragraph !== '');
}

/** The variable that a paragraph sets, or shows commented out; none for the file's head. */
function nameOf(paragraph: string): string {
  return [...paragraph.matchAll(MENTIONED)].at(-1)?.[1] ?? '';
}

function byName(text: string): ReadonlyMap<string, string> {
  return new Map(paragraphsOf(text).map((paragraph) => [nameOf(paragraph), paragraph]));
}
