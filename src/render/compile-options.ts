/** The helpers that templates may call. */
export const HELPER_NAMES = [
  'literal',
  'list',
  'join',
  'sorted',
  'fit',
  'constant',
  'setting',
  'requirements',
] as const;

/** Stricter than the defaults: no HTML escaping, no helper but ours, and a missing value is an error, not empty text. */
export const COMPILE_OPTIONS = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: Object.fromEntries(HELPER_NAMES.map((name) => [name, true])),
};
