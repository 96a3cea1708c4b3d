import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answers } from '../../../src/options/answers.ts';
import type { Tree, TreeFile } from '../../../src/render/tree.ts';
import { run } from '../../support/run.ts';
import { importsWithin } from '../checks/modules.ts';
import type { Variant } from '../variants.ts';
import { labFolder, layOut, program } from './lab.ts';
import { MergedProjects, numberIn } from './merged-projects.ts';

/** So many projects are checked as one program: more would take too much memory. */
const PER_PROGRAM = 200;

interface Candidate {
  readonly label: string;
  readonly auth: Answers['auth'];
  /** By its path, which of all texts each file has. */
  readonly forms: ReadonlyMap<string, number>;
  /** Each module's form, and beside which forms of others it stands; with the module's path. */
  readonly meetings: ReadonlyMap<string, string>;
}

/** A project, and the modules in it that have not been seen so in another. What these import is checked with them. */
interface Chosen extends Candidate {
  readonly modules: readonly string[];
}

/**
 * Gathers projects to type-check. By default a set in which each module appears in every form that it has anywhere,
 * and beside every form of each module that it imports: what is right in these is right in all, as far as the types
 * of one module reach into the next. In each of them only those modules are looked at that add to that, and what they
 * import. Or all whose code differs.
 */
export class TypedProjects {
  readonly #texts: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #candidates: Candidate[] = [];

  add({ label, answers: { auth } }: Variant, tree: Tree): void {
    const code: Tree = new Map([...tree].filter(([path]) => NEEDED.test(path)));
    const forms = new Map(
      [...code].map(([path, { content }]) => [
        path,
        this.#number(withoutCommands(String(content))),
      ]),
    );
    this.#candidates.push({ label, auth, forms, meetings: meetingsOf(code, forms) });
  }

  /** What the compiler of the projects says, by their own settings. */
  async problems(choose: 'all' | 'covering', folderName: string): Promise<readonly string[]> {
    const folder = await labFolder(folderName);
    const chosen = choose === 'all' ? distinct(this.#candidates) : covering(this.#candidates);
    const problems: string[] = [];
    // Apart by their kind of login: a program shares what modules declare for a whole package.
    for (const auth of ['session', 'jwt', 'both']) {
      const projects = chosen.filter((project) => project.auth === auth);
      for (let start = 0; start < projects.length; start += PER_PROGRAM) {
        const part = projects.slice(start, start + PER_PROGRAM);
        problems.push(...(await this.#problemsOf(part, join(folder, `${auth}-${start}`))));
      }
    }
    return problems;
  }

  /** Checks projects as one program. */
  async #problemsOf(projects: readonly Chosen[], folder: string): Promise<readonly string[]> {
    const merged = new MergedProjects();
    const files = projects.flatMap(({ label, forms, modules }) =>
      merged.add(label, this.#treeOf(forms), modules),
    );
    const settings = (name: string) =>
      JSON.parse(this.#texts[projects[0]?.forms.get(name) ?? -1] ?? '');
    const { type } = settings('package.json');
    const { compilerOptions } = settings('tsconfig.json');
    await layOut(merged.tree, folder);
    await writeFile(join(folder, 'package.json'), JSON.stringify({ type }));
    const config = { compilerOptions, files: [...new Set(files)] };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const { exitCode, output } = await run(program('tsc'), ['--pretty', 'false'], folder);
    return exitCode === 0 ? [] : [merged.told(output)];
  }

  #treeOf(forms: Candidate['forms']): Tree {
    const fileOf = (form: number): TreeFile => ({
      content: this.#texts[form] ?? '',
      mode: 0o644,
      feature: '',
    });
    return new Map([...forms].map(([path, form]) => [path, fileOf(form)]));
  }

  #number(text: string): number {
    const number = numberIn(this.#numbers, text);
    this.#texts[number] = text;
    return number;
  }
}

/** Types do not depend on the commands that messages and comments tell: each package manager has its own. */
function withoutCommands(text: string): string {
  return text.replace(/\b(?:npm|pnpm|yarn|bun) run [\w:]+(?: --)?/g, 'npm run it');
}

/** What the compiler reads. */
const NEEDED = /\.ts$|^package\.json$|^tsconfig\.json$/;

function meetingsOf(code: Tree, forms: ReadonlyMap<string, number>): ReadonlyMap<string, string> {
  const meetings = [...importsWithin(code)].flatMap(([path, imports]) =>
    imports
      .map(({ to }) => `${path} ${forms.get(path)} ${forms.get(to)}`)
      .concat(`${path} ${forms.get(path)}`)
      .map((meeting) => [meeting, path] as const),
  );
  return new Map(meetings);
}

/** One for each code, and all of it. */
function distinct(candidates: readonly Candidate[]): readonly Chosen[] {
  const different = new Map(candidates.map((one) => [[...one.forms.values()].join(), one]));
  return [...different.values()].map((one) => ({
    ...one,
    modules: [...new Set(one.meetings.values())],
  }));
}

/** A small set, by greed, that has all of the meetings. */
function covering(candidates: readonly Candidate[]): readonly Chosen[] {
  const open = new Set(candidates.flatMap(({ meetings }) => [...meetings.keys()]));
  const gain = ({ meetings }: Candidate) =>
    [...meetings.keys()].filter((one) => open.has(one)).length;
  const chosen: Chosen[] = [];
  while (open.size > 0) {
    const best = candidates.reduce((one, other) => (gain(other) > gain(one) ? other : one));
    const unseen = [...best.meetings].filter(([meeting]) => open.delete(meeting));
    chosen.push({ ...best, modules: [...new Set(unseen.map(([, path]) => path))] });
  }
  return chosen;
}
