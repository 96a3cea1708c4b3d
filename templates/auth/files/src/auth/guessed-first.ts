const LONGEST = 128;

/** Digits, spaces and the signs of a keyboard stand around and between words; all else is part of a word. */
const WORD = /[^ -@[-`{-~]+/g;

/**
 * Tells why a password is one that attackers try first: it is on the list of common ones, it follows a pattern, or it
 * is what people make of such a word or pattern: `Monkey monkey!`, `iloveyou1234567`, `1q2w3e4r5t6z`.
 *
 * @param password in lower case
 * @param common what is tried first, in lower case
 * @returns a sentence for the user, or undefined where it is none of these
 */
export function guessedFirst(password: string, common: ReadonlySet<string>): string | undefined {
  if (common.has(password)) return "This password is one of those that attackers try first.";
  if (isPattern(password)) return "This password is a pattern, which attackers try first.";

  const word = (password.match(WORD) ?? []).join("");
  if (word.length < 3 || !(common.has(repeatedUnit(word)) || isPattern(word))) return undefined;
  // Many digits that follow no pattern are as good as they are without the word.
  const fillers = password.split(WORD);
  const isMostlyWord = word.length >= password.length / 2;
  if (!isMostlyWord && !fillers.every((filler) => filler.length <= 4 || isPattern(filler))) {
    return undefined;
  }
  return "This password is made of a common word or a pattern, which attackers try first.";
}

/** A few characters over and over, or a walk along the alphabet or the keyboard, forwards or backwards. */
function isPattern(text: string): boolean {
  const unit = repeatedUnit(text);
  if (unit.length <= 4 && unit.length < text.length) return true;
  const backwards = [...text].reverse().join("");
  return WALKS.some((walk) => walk.includes(text) || walk.includes(backwards));
}

const WALKS = ["abcdefghijklmnopqrstuvwxyz", "1234567890", "qwertyuiopasdfghjklzxcvbnm"].map(
  (walk) => walk.repeat(Math.ceil(LONGEST / walk.length) + 1),
);

/** What a text repeats, or the text itself where it does not. */
function repeatedUnit(text: string): string {
  const period = `${text}${text}`.indexOf(text, 1);
  return text.slice(0, period);
}
