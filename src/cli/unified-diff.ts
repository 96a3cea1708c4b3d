import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import type { Change } from '../disk/changes.ts';
import { missingNames } from '../merge/env.ts';
import type { Palette } from './colour.ts';

/**
 * A change as a unified diff, which `git apply` takes.
 *
 * @param root absolute; what is there is read from it.
 * @returns undefined where nothing changes, or what changes is no text. Of settings only the names are shown.
 */
export function unifiedDiff(root: string, change: Change): string | undefined {
  if (change.kind === 'unchanged' || change.kind === 'keep') return undefined;
  const { path } = change;
  const now = change.kind === 'create' ? '' : readText(join(root, path));
  const next = change.kind === 'delete' ? '' : change.file.content;
  if (now === undefined || typeof next !== 'string') return undefined;
  if (change.kind === 'delete' && /(^|\/)\.env$/.test(path)) {
    return `${path}: goes, with ${missingNames('', now).join(', ')}\n`;
  }
  if (change.kind !== 'delete' && change.file.secret === true) {
    const names = missingNames(now, next);
    return names.length === 0 ? undefined : `${path}: adds ${names.join(', ')}\n`;
  }
  const [from, to] = [`a/${path}`, `b/${path}`];
  const patch = createTwoFilesPatch(
    change.kind === 'create' ? '/dev/null' : from,
    change.kind === 'delete' ? '/dev/null' : to,
    now,
    next,
  );
  return patch.replace(/^=+\n/, '');
}

/** Colours a unified diff for a terminal. */
export function colourDiff(text: string, { bold, red, green, cyan }: Palette): string {
  return text
    .split('\n')
    .map((line) => {
      if (/^(---|\+\+\+) /.test(line)) return bold(line);
      if (line.startsWith('@@')) return cyan(line);
      if (line.startsWith('+')) return green(line);
      return line.startsWith('-') ? red(line) : line;
    })
    .join('\n');
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
