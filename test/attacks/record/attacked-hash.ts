import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Answers } from '../../../src/options/answers.ts';
import { renderProject } from '../../../src/render/project.ts';
import type { Tree } from '../../../src/render/tree.ts';
import { serversFor } from '../../services/lab/places.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Where the attacks begin, and how projects are built and booted for them. */
const MEANS = ['src/attacks/attacks.ts', 'test/attacks/lab/attack-project.ts'];
/** How the stores are run that are servers. */
const MEANS_OF_STORES = ['test/services/lab/places.ts', 'test/services/lab/servers.ts'];

/** Of what renders projects only the outcome counts, and of their packages those that servers use. */
const NO_MEANS = ['*/render/project.ts', '*/matrix/lab/lab.ts'];

/** What a server is made of. A project's documents, tests and tools do not change how an attack on it ends. */
const SERVER = /^(?:src|assets|migrations)\//;

/**
 * What decides how attacks on these projects end, in 16 hexadecimal digits: the same on every machine and at every
 * commit that has the same attacks and renders the same servers.
 *
 * @param edits what is changed in the projects before they are attacked
 */
export async function attackedHash(
  variants: readonly { readonly label: string; readonly answers: Answers }[],
  edits: readonly unknown[] = [],
): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(edits));
  const hasStores = variants.some(({ answers }) => serversFor(answers).length > 0);
  for (const path of await modulesOf([...MEANS, ...(hasStores ? MEANS_OF_STORES : [])])) {
    hash.update(`\0${path}\0`).update(readFileSync(join(ROOT, path)));
  }
  for (const { label, answers } of variants) {
    hash.update(`\0${label}\0${serverHash(await renderProject(answers))}`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** What runs of a rendered project: its server's files, and the packages that these use. */
export function serverHash(tree: Tree): string {
  const { type, dependencies } = JSON.parse(String(tree.get('package.json')?.content));
  const hash = createHash('sha256').update(JSON.stringify({ type, dependencies }));
  for (const path of [...tree.keys()].filter((path) => SERVER.test(path)).sort()) {
    hash.update(`\0${path}\0`).update(tree.get(path)?.content ?? '');
  }
  return hash.digest('hex');
}

/** The modules that these load, and they themselves. */
async function modulesOf(entryPoints: readonly string[]): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [...entryPoints],
    bundle: true,
    packages: 'external',
    external: NO_MEANS,
    platform: 'node',
    format: 'esm',
    outdir: 'never-written',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  return Object.keys(metafile.inputs).sort();
}
