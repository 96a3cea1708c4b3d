import type { NodePlopAPI } from 'node-plop';
import type { Answers, ProjectAnswers } from '../options/answers.ts';
import { type ProjectContext, projectContext, renderTemplates } from './project-context.ts';
import { recordFiles, sharedFiles } from './shared-files.ts';
import type { Tree, TreeFile } from './tree.ts';

/** The name of the generator, in our own plop and in a plopfile that loads ours. */
export const GENERATOR = 'secure-express';

const STAGE = 'secure-express:stage';
const FINISH = 'secure-express:finish';

/** What the actions of one run have gathered. */
export interface Staging {
  /** The files, sorted by path. */
  tree(): Tree;
  /** What an action threw, as it was thrown: plop itself keeps only its text. */
  error(): unknown;
}

/** Where the generator runs: what it asks, and what becomes of the files. */
export interface GeneratorHost<Data extends object> {
  /** Asks a person for what the run starts from. */
  ask(): Promise<Data>;
  /** Checks it. */
  resolve(data: Data): Answers;
  /** Takes the files once all of them are staged. @returns what plop shows of it */
  finish(tree: Tree, data: Data): Promise<string>;
}

type Stage = (context: ProjectContext, staged: Tree) => Iterable<readonly [string, TreeFile]>;

/**
 * Registers the generator. Its actions stage files in memory: one for each feature that the answers select, then one
 * for the files that all features share, and one for the record of what was made.
 *
 * @param host where somebody else's plop runs it; without one it takes checked answers and only stages
 */
export function registerGenerator<Data extends object = ProjectAnswers>(
  plop: NodePlopAPI,
  host?: GeneratorHost<Data>,
): Staging {
  const staged = new Map<string, TreeFile>();
  const tree = (): Tree => new Map([...staged].sort(([a], [b]) => (a < b ? -1 : 1)));
  let failure: unknown;

  plop.setActionType(STAGE, (_data, { context, files }) => {
    try {
      for (const [path, file] of (files as Stage)(context, staged)) {
        const other = staged.get(path);
        if (other) throw new Error(`${other.feature} and ${file.feature} both write ${path}`);
        staged.set(path, file);
      }
      return '';
    } catch (error) {
      failure = error;
      throw error;
    }
  });

  plop.setActionType(FINISH, async (data) => (await host?.finish(tree(), data as Data)) ?? '');

  plop.setGenerator(GENERATOR, {
    description: 'an Express 5 + TypeScript API with secure authentication',
    prompts: host ? () => host.ask() : [],
    actions: (data) => {
      staged.clear();
      const context = projectContext(host ? host.resolve(data as Data) : (data as ProjectAnswers));
      const stages: Stage[] = [
        ...context.features.map(
          (feature): Stage =>
            () =>
              renderTemplates(feature, context),
        ),
        sharedFiles,
        ({ answers }, tree) => recordFiles(answers, tree),
      ];
      const staging = stages.map((files) => ({ type: STAGE, context, files }));
      return host ? [...staging, { type: FINISH }] : staging;
    },
  });

  return { tree, error: () => failure };
}
