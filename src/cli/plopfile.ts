import { basename } from 'node:path';
import { stdin, stdout } from 'node:process';
import type { NodePlopAPI } from 'node-plop';
import { detectPackageManager } from '../commands/by-hand.ts';
import { holdAgainst } from '../disk/changes.ts';
import { commit } from '../disk/commit.ts';
import { inspectTarget, locateTarget, resolveBase, type Target } from '../disk/target.ts';
import { InputError } from '../errors.ts';
import { nameKind } from '../options/kinds/name.ts';
import type { OptionName } from '../options/option.ts';
import { pinned } from '../options/reproduce.ts';
import { type Circumstances, type GivenAnswers, resolveAnswers } from '../options/resolve.ts';
import { options } from '../options/schema.ts';
import { GENERATOR, registerGenerator } from '../render/generator.ts';
import { makeAsk } from './ask.ts';
import { makePalette, wantsColour } from './colour.ts';
import { makeInterview } from './interview.ts';
import { Page } from './page.ts';

/** What a run of the generator starts from: where the project goes, and answers by the keys of an answers file. */
type Data = Readonly<Record<string, unknown>>;

/**
 * The plopfile of this package: `await plop.load('create-secure-express')` adds the generator `secure-express` to a
 * team's own. It asks what the program asks; a script runs it with `{ directory, auth, hash, ... }` instead. The
 * project is written below plop's destination, all of it or nothing; installing it and git are left to the team.
 */
export default function plopfile(plop: NodePlopAPI): void {
  const circumstances = { packageManager: detectPackageManager(process.env.npm_config_user_agent) };
  const targetOf = (directory: unknown): Target => {
    if (typeof directory !== 'string') throw missing('directory');
    const base = resolveBase(plop.getDestBasePath());
    return inspectTarget(locateTarget(base, directory), directory);
  };
  registerGenerator(plop, {
    ask: () => interview(circumstances, (directory) => nameOf(targetOf(directory))),
    resolve: ({ directory, ...answers }: Data) => {
      const name = answers.name ?? nameOf(targetOf(directory));
      return resolveAnswers(givenBy({ ...answers, name }), circumstances);
    },
    finish: async (tree, { directory }: Data) => {
      const target = targetOf(directory);
      await commit(holdAgainst(tree, target), target, new AbortController().signal);
      return target.path;
    },
  });
}

async function interview(
  circumstances: Circumstances,
  checkDirectory: (directory: string) => string,
): Promise<Data> {
  if (!stdin.isTTY || !stdout.isTTY) throw missing('directory');
  const palette = makePalette(wantsColour(process.env, stdout));
  const page = new Page(stdout);
  const { signal } = new AbortController();
  const ask = makeInterview({
    ask: makeAsk({ stdin, stdout, page, signal, palette }),
    page,
    palette,
    creating: 'Create it',
    // Installing and git are left to the team.
    shown: options.filter(({ kind }) => kind.id !== 'switch'),
  });
  const start = { directory: undefined, given: new Map(), circumstances, checkDirectory };
  const { directory, given } = await ask(start);
  return { directory, ...Object.fromEntries([...given].map(([name, { value }]) => [name, value])) };
}

function givenBy(answers: Data): GivenAnswers {
  const names: readonly string[] = options.map(({ name }) => name);
  return new Map(
    Object.entries(answers).map(([name, value]) => {
      if (!names.includes(name)) throw unknown(name);
      return [name as OptionName, { value, where: name }];
    }),
  );
}

function nameOf(target: Target): string {
  return nameKind.check(basename(target.path), 'directory');
}

function missing(where: string): InputError {
  return new InputError({
    code: 'missing',
    message: `The generator ${GENERATOR} was not told the ${where}`,
    where,
    mend: 'Run it in a terminal, or give { directory, auth, hash, ... } to runActions.',
  });
}

function unknown(where: string): InputError {
  return new InputError({
    code: 'unknown-key',
    message: `The generator ${GENERATOR} has no option ${JSON.stringify(where)}`,
    where,
    mend: `See ${pinned('options')} for those it has.`,
  });
}
