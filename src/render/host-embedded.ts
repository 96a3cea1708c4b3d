import type { TreeFile } from './tree.ts';

type Files = ReadonlyMap<string, TreeFile>;

/** The migrations as a module: files that are found by their path get lost in an app's own build. */
export function migrationsModule(files: Files): string {
  const entries = [...files]
    .filter(([path]) => path.startsWith('migrations/') && path.endsWith('.sql'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { content }]) => {
      const tag = path.slice('migrations/'.length, -'.sql'.length);
      const steps = String(content)
        // Both databases know these quotes, and they need no escape in here.
        .replaceAll('`', '"')
        .split('--> statement-breakpoint')
        .map((step) => `      \`${step.trim().replaceAll('\t', '  ')}\`,\n`);
      return `  {\n    tag: ${JSON.stringify(tag)},\n    steps: [\n${steps.join('')}    ],\n  },\n`;
    });
  return `/** The tables, step by step. What has run once is never run again: add what comes next at the end. */
export const MIGRATIONS: readonly { readonly tag: string; readonly steps: readonly string[] }[] = [
${entries.join('')}];
`;
}

/** The passwords that are guessed first as a module, for the same reason. */
export function commonPasswordsModule(files: Files): string {
  const list = String(files.get('assets/common-passwords.txt')?.content);
  if (/[`\\]|\$\{/.test(list)) throw new Error('the list of passwords needs escapes');
  return `/** What attackers try first, one password a line, in lower case; the first line says where the list is from. */
export const COMMON_PASSWORDS = \`${list.trimEnd()}\`;
`;
}
