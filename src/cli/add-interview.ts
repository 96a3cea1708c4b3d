import type { Interview } from '../commands/create.ts';
import { applies, type Option, type OptionName } from '../options/option.ts';
import { defaultOf, type Given } from '../options/resolve.ts';
import { options } from '../options/schema.ts';
import { type Ask, BACK } from './ask.ts';
import { askOption } from './ask-option.ts';
import type { Palette } from './colour.ts';
import { keyLines } from './keys.ts';
import type { Page } from './page.ts';
import { type Outcome, walk } from './walk.ts';

/**
 * Asks what `add` has to know. There is no summary at the end: the plan that follows shows more than answers could.
 *
 * @param open makes what asks, for one interview; the first begins with what can be pressed.
 * @returns an interview that begins, when it is held again, with what was answered.
 */
export function makeAddInterview(
  open: () => { readonly ask: Ask; readonly page: Page },
  palette: Palette,
): Interview {
  const answered = new Map<OptionName, Given>();
  return async ({ directory = '.', given, circumstances }) => {
    const { ask, page } = open();
    if (answered.size === 0) page.add(['', ...keyLines(page, palette)]);
    page.keep();
    const known = (): ReadonlyMap<OptionName, Given> => new Map([...answered, ...given]);
    const isOpen = (option: Option): boolean => {
      const values = Object.fromEntries([...known()].map(([name, { value }]) => [name, value]));
      return !given.has(option.name) && applies(option, values) === true;
    };
    const askOne = async (option: Option): Promise<Outcome> => {
      if (!isOpen(option)) return 'passed';
      const byDefault = defaultOf(option, circumstances);
      const value = await askOption(ask, option, {
        current: answered.get(option.name)?.value ?? byDefault,
        byDefault,
        isGiven: (name) => given.has(name),
      });
      if (value === BACK) return 'back';
      answered.set(option.name, { value, where: option.label });
      return 'answered';
    };
    const steps = options.filter(({ asked }) => asked).map((option) => () => askOne(option));
    // At the very first question there is nothing to go back to: it is asked again.
    while ((await walk(steps)) === 'back');
    const applying = [...known()].filter(([name]) =>
      options.some((option) => option.name === name && (given.has(name) || isOpen(option))),
    );
    return { directory, given: new Map(applying) };
  };
}
