import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/** The folder of this repository. */
export const root: string = fileURLToPath(new URL('../', import.meta.url));

/**
 * Builds and packs the program, as npm would publish it.
 *
 * @param folder where the tarball goes
 * @returns the tarball's path
 */
export async function pack(folder: string): Promise<string> {
  const { stdout } = await execa('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: root,
  });
  // What the build prints comes before the document.
  const [{ filename }] = JSON.parse(stdout.slice(stdout.search(/^\[$/m)));
  return `${folder}/${filename}`;
}
