/**
 * What becomes of edits that ours cannot be brought together with. `fail`: nothing is written, and they are listed.
 * `merge`: both stand in the file, between conflict markers. `keep`: yours stay. `theirs`: ours replace them. Only the
 * lines that clash are concerned; the rest of the file is merged in any case.
 */
export const ON_CONFLICT = ['fail', 'merge', 'keep', 'theirs'] as const;

export type OnConflict = (typeof ON_CONFLICT)[number];
