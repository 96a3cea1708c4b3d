import type Handlebars from 'handlebars';

/** How many requirements of the ASVS a text names, and how many of those it says are met. */
export interface RequirementCount {
  readonly met: number;
  readonly named: number;
}

/** The heading of what is not met; a requirement that is met in part stands there, too. */
const OPEN = /^## What is left to do$/m;

/** `v5.0.0-6.2.1, 6.2.5`: the version once, then any number of requirements. */
const CITED = /v5\.0\.0-(\d+(?:\.\d+){2}(?:, \d+(?:\.\d+){2})*)/g;

/**
 * Counts the requirements in the tables of a SECURITY.md, each of them once: those before the section of what is left to
 * do are met, save for those that this section names.
 */
export function countRequirements(text: string): RequirementCount {
  const [done = '', open = ''] = text.split(OPEN);
  const left = citedIn(open);
  const met = [...citedIn(done)].filter((requirement) => !left.has(requirement));
  return { met: met.length, named: met.length + left.size };
}

function citedIn(text: string): ReadonlySet<string> {
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  return new Set(
    rows.flatMap((row) => [...row.matchAll(CITED)].flatMap(([, list = '']) => list.split(', '))),
  );
}

/**
 * `{{#requirements}}`: a text that may say of itself `{{@met}}` of `{{@named}}`. It is rendered twice, since the numbers
 * are known when the whole of it is there.
 */
export function requirements(this: unknown, options: Handlebars.HelperOptions): string {
  const render = (count: RequirementCount): string =>
    options.fn(this, { data: { ...options.data, ...count } });
  return render(countRequirements(render({ met: 0, named: 0 })));
}
