const LONGEST_SHOWN = 80;

/**
 * Puts text from outside into a message: quoted, cut to one line's length, and with every control, format and
 * non-ASCII character escaped, so that it can neither drive the terminal nor pass for something else.
 *
 * @param value what was given; anything but text is shown as JSON.
 */
export function printable(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const cut = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  return `"${cut.replace(/[^ -~…]/g, escapeCharacter)}"`;
}

/** A path, or a place in a file, as it is where nothing in it could drive a terminal. */
export function shownPath(path: string): string {
  return /^[\w./@+:#~-]+$/.test(path) ? path : printable(path);
}

/** Text from a file, in which nothing can drive a terminal. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, (character) =>
    '\n\t\r'.includes(character) ? character : '\uFFFD',
  );
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
