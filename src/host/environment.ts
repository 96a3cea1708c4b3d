import type { EnvVariable } from '../features/feature.ts';
import { resolve } from '../features/feature.ts';
import { addMissing, mergeSettings } from '../merge/env.ts';
import type { ProjectAnswers } from '../options/answers.ts';
import { SETTINGS_HEAD } from '../render/environment.ts';
import type { HostFiles } from './host-files.ts';

/** The files, relative to the package, in which a module keeps its data unless it is told another place. */
export function databaseFiles(
  variables: readonly EnvVariable[],
  answers: ProjectAnswers,
): readonly string[] {
  return variables.flatMap(({ fallback }) => {
    const path = /^file:(?:\.\/)?([\w./-]+)$/.exec(resolve(fallback ?? '', answers))?.[1];
    return path === undefined ? [] : [path];
  });
}

/** What keeps a database out of git, and what it leaves beside itself. */
export function ignoreLine(database: string): string {
  return `/${database}*`;
}

const EXAMPLES = ['.env.example', '.env.sample', '.env.template', '.env.dist', '.env.defaults'];

/** The file that shows what to set: the host's own, under whichever of the usual names. */
export function exampleFileOf(files: HostFiles): string {
  return EXAMPLES.find((path) => files.read(path) !== undefined) ?? '.env.example';
}

/** `.env.example` with the variables of a module; what is there stays. */
export function exampleWith(before: string | undefined, settings: string): string {
  if (before === undefined) return settings;
  return mergeSettings({ base: '', ours: before, theirs: settings }).content;
}

/** `.env` with the variables of a module that are missing in it. */
export function environmentWith(before: string | undefined, settings: string): string {
  if (before === undefined) return `${SETTINGS_HEAD}\n${settings}`;
  const added = addMissing(before, settings);
  // An open end stays open, so that taking ours out again gives back what was there.
  return before === '' || before.endsWith('\n') ? added : added.replace(/\r?\n$/, '');
}

/**
 * `.env` without what was added to it.
 *
 * @param names of the variables that were added.
 * @param settings the paragraphs as they were added, whatever their values.
 * @returns undefined where nothing else is left.
 */
export function environmentWithout(
  text: string,
  names: readonly string[],
  settings: string,
): string | undefined {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  let rest = text.replaceAll('\r\n', '\n');
  for (const paragraph of settings.split(/\n\n/)) {
    const pattern = paragraph
      .trimEnd()
      .split('\n')
      .map((line) => {
        const name = /^([A-Za-z_]\w*)=/.exec(line)?.[1];
        return name !== undefined && names.includes(name) ? `${name}=[^\\n]*` : literally(line);
      })
      .join('\n');
    rest = rest.replace(new RegExp(`(^|\\n)${pattern}(\\n|$)`), '');
  }
  if (/^(#[^\n]*\s*)?$/.test(rest)) return undefined;
  const closed = text.endsWith('\n') ? rest : rest.replace(/\n$/, '');
  return closed.replaceAll('\n', end);
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** `.gitignore` with `.env` in it; the same where it is ignored already, here or above. */
export function ignoring(
  before: string | undefined,
  above: readonly (string | undefined)[],
  entries: readonly string[],
): string | undefined {
  // The nearer file has the last word, and in a file the later line.
  const rules = [...above.toReversed().map(unanchored), before]
    .map((text) => text ?? '')
    .join('\n');
  const missing = entries.filter((entry) => !ignores(rules, entry));
  if (missing.length === 0) return before;
  const end = before?.includes('\r\n') ? '\r\n' : '\n';
  const open = before === undefined || before === '' || before.endsWith('\n');
  return `${before ?? ''}${open ? '' : end}${missing.map((entry) => `${entry}${end}`).join('')}`;
}

/** What of the rules of a folder above holds further down: those that name no place. */
function unanchored(text = ''): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => /^!?\*\*\//.test(line) || !/\/./.test(line)).join('\n');
}

function ignores(rules: string, entry: string): boolean {
  const bare = entry.replace(/^\//, '');
  const own = [bare, `/${bare}`, `**/${bare}`, ...(entry === '.env' ? ['.env*', '*.env'] : [])];
  const last = rules
    .split('\n')
    .map((line) => line.trim())
    .findLast((line) => own.includes(line.replace(/^!/, '')));
  return last !== undefined && !last.startsWith('!');
}
