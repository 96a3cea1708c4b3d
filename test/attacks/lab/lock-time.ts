import type { Edit } from './edits.ts';

const SECONDS = 'LAB_LOCK_SECONDS';

/**
 * Makes the time after which a limit on failures ends a matter of the environment, so that an attack can wait for it.
 * Where nothing is set it is the project's own.
 */
export const lockTimeEdit: Edit = {
  file: 'src/auth/failure-limits.ts',
  search: '= WINDOW_SECONDS',
  replace: `= Number(process.env.${SECONDS} ?? WINDOW_SECONDS)`,
};

/** The setting that makes limits end after so long. */
export function lockTimeSetting(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { [SECONDS]: String(seconds) };
}
