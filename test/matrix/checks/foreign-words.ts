import { OPTION_WORDS } from '../words.ts';
import { type Check, remembered, texts } from './problem.ts';

/** A list of passwords has every word; that of the answers names them all by design. */
const EXEMPT = /^assets\/common-passwords\.txt$/;

/** The one place that names the alternatives on purpose: what was chosen, and what was not. */
const CHOICES = /^## What you chose\n[\s\S]*?(?=^## |$(?![\s\S]))/m;

/** Nothing in a project speaks of what was not chosen. */
export const checkForeignWords: Check = function* (tree, answers) {
  const foreign = OPTION_WORDS.filter(({ belongs }) => !belongs(answers));
  for (const [path, text] of texts(tree)) {
    const found = path === '.env' ? wordsOf(path, text.replace(/=.*/g, '=')) : wordsOf(path, text);
    for (const { about } of foreign) {
      const line = found.get(about);
      if (line !== undefined) yield `${path}: speaks of ${about}: ${line}`;
    }
  }
};

/** The first line about each option. */
const wordsOf = remembered((path, text): ReadonlyMap<string, string> => {
  if (EXEMPT.test(path)) return new Map();
  const said = path === 'README.md' ? text.replace(CHOICES, '') : text;
  return new Map(
    OPTION_WORDS.flatMap(({ about, words, but }): [string, string][] => {
      if (but?.test(path)) return [];
      const line = said.split('\n').find((candidate) => words.test(candidate));
      return line === undefined ? [] : [[about, line.trim()]];
    }),
  );
});
