import { join } from 'node:path';
import type { Tree, TreeFile } from '../../../src/render/tree.ts';
import { run } from '../../support/run.ts';
import { labFolder, layOut, program } from './lab.ts';

/** The files that the formatter and linter of a project look at, but for their own settings. */
const STYLED = /^(?!biome\.json$|migrations\/|\.secure-express\/).*\.(?:ts|json)$/;

/**
 * Gathers every form that each file takes in any project. How a file is formatted and linted depends on nothing but
 * itself, so projects are put together from one form of each file, as few as will do.
 */
export class Forms {
  readonly #forms = new Map<string, Map<string, TreeFile>>();
  #config: Tree = new Map();

  add(tree: Tree): void {
    this.#config = new Map(
      ['biome.json', '.gitignore'].flatMap((path) => {
        const file = tree.get(path);
        return file ? [[path, file] as const] : [];
      }),
    );
    for (const [path, file] of tree) {
      if (!STYLED.test(path)) continue;
      const forms = this.#forms.get(path) ?? new Map<string, TreeFile>();
      this.#forms.set(path, forms.set(String(file.content), file));
    }
  }

  /** What the projects' own linter and formatter say, by their own settings. */
  async problems(folderName: string): Promise<readonly string[]> {
    const folder = await labFolder(folderName);
    await layOut(this.#config, folder);
    const forms = [...this.#forms].map(([path, files]) => [path, [...files.values()]] as const);
    const layers = Math.max(...forms.map(([, files]) => files.length));
    for (let index = 0; index < layers; index += 1) {
      const layer = forms.flatMap(([path, files]) => {
        const file = files[index];
        return file ? [[path, file] as const] : [];
      });
      await layOut(new Map(layer), join(folder, String(index)));
    }
    const { exitCode, output } = await run(
      program('biome'),
      ['check', '--error-on-warnings', '--colors=off'],
      folder,
    );
    return exitCode === 0 ? [] : [output];
  }
}
