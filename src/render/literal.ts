/**
 * A value as JavaScript source, safe wherever an expression may stand, in the spelling that the project's formatter
 * would choose.
 */
export function literal(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const inDoubleQuotes = JSON.stringify(value)
    // Valid in JSON but line ends in older JavaScript.
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  if (!value.includes('"') || value.includes("'")) return inDoubleQuotes;
  return `'${inDoubleQuotes.slice(1, -1).replaceAll('\\"', '"')}'`;
}

/** Of generated code, in columns. */
export const LINE_WIDTH = 100;

/**
 * A list of texts as JavaScript source, on one line if it fits.
 *
 * @param used columns of the line that are taken by what stands around the list
 */
export function literalList(values: readonly string[], used: number): string {
  const oneLine = `[${values.map(literal).join(', ')}]`;
  if (oneLine.length + used <= LINE_WIDTH) return oneLine;
  return `[\n${values.map((value) => `  ${literal(value)},\n`).join('')}]`;
}
