import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Result } from '../../../src/attacks/attack.ts';
import type { Tree } from '../../../src/render/tree.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FOLDER = join(ROOT, 'test/.cache/attacked');

/** What decides about a result beside the project: the attacks, how it is booted, and the installed packages. */
const MEANS = [
  'src/attacks',
  'test/attacks/lab',
  'test/services/lab',
  'test/.cache/lab/package-lock.json',
];

/** What two projects have in common that must be attacked alike: everything but their secrets and documents. */
export function contentHash(tree: Tree): string {
  const hash = createHash('sha256').update(meansHash());
  for (const [path, { content, secret }] of tree) {
    if (secret || /\.md$|^\.secure-express\//.test(path)) continue;
    hash.update(`${path}\0`).update(content).update('\0');
  }
  return hash.digest('hex');
}

/** What was seen of a project with this content before; never in CI, where all is seen anew. */
export async function knownResults(hash: string): Promise<readonly Result[] | undefined> {
  const path = join(FOLDER, `${hash}.json`);
  if (process.env.CI || !existsSync(path)) return undefined;
  return JSON.parse(await readFile(path, 'utf8'));
}

/** Keeps what was seen of a sound project. */
export async function keepResults(hash: string, results: readonly Result[]): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, `${hash}.json`), JSON.stringify(results));
}

let means: string | undefined;

function meansHash(): string {
  if (means !== undefined) return means;
  const hash = createHash('sha256').update(process.version);
  for (const path of MEANS.flatMap((place) => filesOf(join(ROOT, place)))) {
    hash.update(readFileSync(path));
  }
  means = hash.digest('hex');
  return means;
}

function filesOf(place: string): readonly string[] {
  if (!existsSync(place)) return [];
  if (/\.\w+$/.test(place)) return [place];
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => join(place, name));
}
