import type { Tree, TreeFile } from '../../../src/render/tree.ts';
import { importsWithin } from '../checks/modules.ts';

/**
 * Modules of many projects in one tree, so that a compiler looks at each once. Two are the same where their text is, and
 * the text of all that they import, and what these import. Each keeps its folder and gets a number:
 * `src/auth/users.ts` becomes `src/auth/users.3.ts`, and imports follow.
 */
export class MergedProjects {
  readonly #files = new Map<string, TreeFile>();
  /** Each text once. */
  readonly #texts = new Map<string, number>();
  /** For each path, the numbers of the modules that stand there, by the texts that they are made of. */
  readonly #numbers = new Map<string, Map<string, number>>();
  /** For each path in the tree, the first project that brought it. */
  readonly #labels = new Map<string, string>();

  /** What was added so far. */
  get tree(): Tree {
    return this.#files;
  }

  /**
   * Adds modules of a project, and what they import.
   *
   * @param paths of the modules, in the project
   * @returns their paths in the tree
   */
  add(label: string, project: Tree, paths: readonly string[]): readonly string[] {
    const imports = importsWithin(project);
    const places = new Map(
      [...reachedFrom(paths, imports)].map((path) => {
        const parts = [...reachedFrom([path], imports)].sort();
        const made = parts.map((part) => `${part} ${numberIn(this.#texts, textOf(project, part))}`);
        return [path, this.#placeOf(path, made.join())] as const;
      }),
    );
    for (const [path, place] of places) {
      if (this.#files.has(place)) continue;
      let content = textOf(project, path);
      for (const { from, to } of imports.get(path) ?? []) {
        const name = places.get(to)?.replace(/^.*\/|ts$/g, '');
        content = content.replaceAll(`"${from}"`, `"${from.replace(/[^/]*$/, `${name}js`)}"`);
      }
      this.#files.set(place, { content, mode: 0o644, feature: '' });
      this.#labels.set(place, label);
    }
    return paths.map((path) => places.get(path) ?? path);
  }

  /** What a compiler said of the tree, each line with a project that it is about. */
  told(output: string): string {
    return output.replace(/^\S+\.ts(?=\()/gm, (place) => `${this.#labels.get(place)} ${place}`);
  }

  #placeOf(path: string, made: string): string {
    const numbers = this.#numbers.get(path) ?? new Map<string, number>();
    this.#numbers.set(path, numbers);
    return path.replace(/ts$/, `${numberIn(numbers, made)}.ts`);
  }
}

/** Modules, what they import, and so on. */
function reachedFrom(
  paths: readonly string[],
  imports: ReturnType<typeof importsWithin>,
): ReadonlySet<string> {
  const reached = new Set(paths);
  for (const path of reached) for (const { to } of imports.get(path) ?? []) reached.add(to);
  return reached;
}

function textOf(project: Tree, path: string): string {
  return String(project.get(path)?.content);
}

/** The number of a text, which is the next one where it is new. */
export function numberIn(numbers: Map<string, number>, text: string): number {
  const number = numbers.get(text) ?? numbers.size;
  numbers.set(text, number);
  return number;
}
