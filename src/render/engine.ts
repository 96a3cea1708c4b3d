import type Handlebars from 'handlebars';
import type { HELPER_NAMES } from './compile-options.ts';
import { engine, toTemplate } from './compiler.ts';
import { constantText, LINE_WIDTH, literal, literalList, textSetting } from './literal.ts';
import { requirements } from './requirements.ts';

/** A template that was compiled once and can be rendered for any answers. */
export type CompiledTemplate = (context: object, slots: Slots) => string;

/** What features put into one project's seams. */
export interface Slots {
  /** Whole lines, by slot; rendered text that is never read as a template again. May have seams of its own. */
  readonly fragments: Readonly<Record<string, () => string>>;
  /** Pieces of a line, by name. */
  readonly items: ReadonlyMap<string, readonly string[]>;
}

const HELPERS: Record<(typeof HELPER_NAMES)[number], Handlebars.HelperDelegate> = {
  literal,
  list: literalList,
  join,
  sorted,
  fit,
  constant: constantText,
  setting: textSetting,
  requirements,
};

/**
 * Makes a template ready to be rendered.
 *
 * @param name relative to `templates`; what errors call it
 * @param read reads its text, where it is not compiled yet
 */
export function compile(name: string, read: () => string): CompiledTemplate {
  const template = toTemplate(name, read);
  return (context, slots) => {
    // Handed over with each call, Handlebars would copy all of them each time.
    Object.assign(engine, { partials: slots.fragments });
    try {
      return template(context, { helpers: HELPERS, data: { items: slots.items } });
    } catch (error) {
      throw new Error(`the template ${name} cannot be rendered`, { cause: error });
    }
  };
}

/** `{{join "name"}}`: the items of that name from all features, separated by commas. */
function join(name: string, options: Handlebars.HelperOptions): string {
  return itemsOf(name, options).join(', ');
}

/** `{{sorted "name"}}`: the same in the order of the alphabet, as a formatter wants imported names. */
function sorted(name: string, options: Handlebars.HelperOptions): string {
  const key = (item: string) => item.replace(/^type /, '').toLowerCase();
  return [...itemsOf(name, options)].sort((a, b) => (key(a) < key(b) ? -1 : 1)).join(', ');
}

/** `{{fit "name" open="f([" close="]);" column=2}}`: on one line if it fits, else an item a line. */
function fit(name: string, options: Handlebars.HelperOptions): string {
  const { open, close, column } = options.hash;
  const items = itemsOf(name, options);
  const oneLine = `${open}${items.join(', ')}${close}`;
  if (column + oneLine.length <= LINE_WIDTH) return oneLine;
  const indent = ' '.repeat(column);
  return `${open}\n${items.map((item) => `${indent}  ${item},\n`).join('')}${indent}${close}`;
}

function itemsOf(name: string, options: Handlebars.HelperOptions): readonly string[] {
  const items = (options.data.items as Slots['items']).get(name);
  if (!items) throw new Error(`no feature knows the items "${name}"`);
  return items;
}
