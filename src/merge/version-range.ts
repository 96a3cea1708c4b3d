type Version = readonly [major: number, minor: number, patch: number];

/** A range as package.json files mostly have it: `^1.2.3`, `~1.2`, `>=1`, `1.x`, `1.2.3`. */
interface Range {
  readonly operator: '^' | '~' | '>=' | '';
  readonly least: Version;
  /** How many of the three numbers it names. */
  readonly precision: number;
}

/**
 * Which of two ranges a package.json should have, where one is there and another is needed. It is never lowered.
 *
 * @param present may be anything that package managers take: a path, an address, a tag. Such a one is meant, and stays.
 * @returns undefined where `present` neither satisfies `needed` nor can be raised to it without leaving what it allows.
 */
export function reconcile(present: string, needed: string): string | undefined {
  const [has, wants] = [parse(present), parse(needed)];
  if (has === undefined || wants === undefined) return present;
  if (compare(has.least, wants.least) >= 0) {
    return has.least[0] === wants.least[0] || wants.operator === '>=' ? present : undefined;
  }
  return allows(has, wants.least) ? needed : undefined;
}

/** Whether a range begins lower than another. */
export function isLower(range: string, other: string): boolean {
  const [one, two] = [parse(range), parse(other)];
  return one !== undefined && two !== undefined && compare(one.least, two.least) < 0;
}

function parse(text: string): Range | undefined {
  const match = /^\s*(\^|~|>=)?\s*v?(\d+)(?:\.(\d+|[x*]))?(?:\.(\d+|[x*]))?\s*$/.exec(text);
  if (match === null) return undefined;
  const [, operator = '', ...numbers] = match;
  const known = numbers.filter((one) => one !== undefined && /^\d+$/.test(one)).map(Number);
  const [major = 0, minor = 0, patch = 0] = known;
  return {
    operator: operator as Range['operator'],
    least: [major, minor, patch],
    precision: known.length,
  };
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** Whether a range that begins lower than `version` reaches it. */
function allows({ operator, least, precision }: Range, version: Version): boolean {
  if (operator === '>=') return true;
  if (least[0] !== version[0]) return false;
  if (operator === '^') return least[0] > 0 || precision === 1 || least[1] === version[1];
  if (precision === 1) return true;
  return (operator === '~' || precision === 2) && least[1] === version[1];
}
