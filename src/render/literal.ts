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

/** A constant of a module, on one line if it fits. */
export function constantText(name: string, value: string): string {
  const oneLine = `const ${name} = ${literal(value)};`;
  return oneLine.length <= LINE_WIDTH ? oneLine : `const ${name} =\n  ${literal(value)};`;
}

/** A text in the schema of the settings, four columns in, on as few lines as a formatter would take. */
export function textSetting(name: string, value: string): string {
  const oneLine = `${name}: z.string().default(${literal(value)}),`;
  if (oneLine.length + 4 <= LINE_WIDTH) return oneLine;
  const call = `.default(${literal(value)}),`;
  const last = call.length + 6 <= LINE_WIDTH ? call : `.default(\n    ${literal(value)},\n  ),`;
  return `${name}: z\n  .string()\n  ${last}`;
}

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
