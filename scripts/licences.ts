import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';

const KEPT_HERE = fileURLToPath(new URL('./licences/', import.meta.url));

/**
 * The licence of every package that has a byte in the bundle, as one text.
 *
 * @param root the folder that the metafile's paths start from.
 * @throws when one of them comes without the text of a licence: it could not be shipped.
 */
export function licencesOf(metafile: Metafile, root: string): string {
  const folders = new Set<string>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
    }
  }
  const sections = [...folders].sort().map((folder) => licenceOf(join(root, folder)));
  return `${['The program bundles these packages.', ...sections].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.|-|$)/i.test(entry));
  // Some packages leave the text behind in their repository: it is kept here, as it stands there.
  const path = file === undefined ? join(KEPT_HERE, `${name}.txt`) : join(folder, file);
  if (!existsSync(path)) throw new Error(`${name} is bundled and has no licence text.`);
  return `${name} ${version} (${license})\n\n${readFileSync(path, 'utf8').trim()}`;
}
