import type { Module } from '../features/modules.ts';

/** The middleware of each module, in the order in which requests meet them. */
const MOUNTED: readonly (readonly [name: string, modules: readonly Module[]])[] = [
  ['secureHeaders', ['helmet']],
  ['secureCors', ['cors']],
  ['secureAuth', ['auth', 'jwt', 'session']],
];

/** The names of the functions that are mounted for some modules. */
export function mountedFor(modules: readonly Module[]): readonly string[] {
  return MOUNTED.filter(([, of]) => of.some((one) => modules.includes(one))).map(([name]) => name);
}
