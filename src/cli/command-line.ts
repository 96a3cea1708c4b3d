import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { InputError } from '../errors.ts';
import { MODULES, type Module } from '../features/modules.ts';
import { NEVER_REPLACED, REPLACEABLE, type Replaceable } from '../host/replaceable.ts';
import { ON_CONFLICT, type OnConflict } from '../merge/on-conflict.ts';
import { closest, suggest } from '../options/closest.ts';
import type { OptionName } from '../options/option.ts';
import { printable } from '../options/printable.ts';
import { pinned } from '../options/reproduce.ts';
import type { Given, GivenAnswers } from '../options/resolve.ts';
import { options } from '../options/schema.ts';
import { type Command, commands, createCommand } from './commands.ts';
import { answerFlags, controlFlags, type Flag } from './flags.ts';

/** What the command line says, before any file is read. */
export interface CommandLine {
  readonly command: Command;
  readonly directory: string | undefined;
  /** Empty for all of them. */
  readonly modules: readonly Module[];
  readonly onConflict: OnConflict;
  /** What of a host's own is to give way to ours. */
  readonly replace: readonly Replaceable[];
  /** Where to save the plan. */
  readonly plan: string | undefined;
  /** The saved plan to do. */
  readonly apply: string | undefined;
  readonly undo: boolean;
  readonly verify: boolean;
  /** What flags answered; nothing is checked yet. */
  readonly given: GivenAnswers;
  readonly answersFile: string | undefined;
  /** Absolute. */
  readonly cwd: string;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly help: boolean;
  readonly version: boolean;
  /** Of a server to attack. */
  readonly url: string | undefined;
  readonly allowHost: string | undefined;
  readonly disturb: boolean;
}

const flags: readonly Flag[] = [...controlFlags, ...answerFlags];

/**
 * Reads the command line.
 *
 * @param argv without the program itself.
 * @throws {InputError} for an unknown or doubled flag, a missing value, or a word too many.
 */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const { given, words } = readTokens(argv);
  const { command, rest } = findCommand(words);
  for (const name of given.keys()) checkFlagOf(command, name);
  const surplus = { directory: rest[1], modules: undefined, none: rest[0] }[
    command.takes ?? 'none'
  ];
  if (surplus !== undefined) {
    const word = printable(surplus);
    throw new InputError({
      code: 'unexpected-argument',
      message: `${word} is one argument too many`,
      where: word,
      mend: `The command is npx create-secure-express ${command.usage}.`,
    });
  }
  checkTogether(given, rest.length > 0);
  return {
    command,
    directory: command.takes === 'directory' ? rest[0] : undefined,
    modules: command.takes === 'modules' ? rest.map(checkModule) : [],
    onConflict: readOnConflict(command, given.get('on-conflict')?.at(-1)),
    replace: (given.get('replace')?.at(-1)?.split(',') ?? []).map(checkReplaceable),
    plan: given.get('plan')?.at(-1),
    apply: given.get('apply')?.at(-1),
    undo: given.has('undo'),
    verify: given.has('verify'),
    given: answersOf(given),
    answersFile: given.get('answers')?.at(-1),
    cwd: resolve(given.get('cwd')?.at(-1) ?? '.'),
    yes: given.has('yes'),
    dryRun: given.has('dry-run'),
    json: given.has('json'),
    help: given.has('help'),
    version: given.has('version'),
    url: given.get('url')?.at(-1),
    allowHost: given.get('allow-host')?.at(-1),
    disturb: given.has('disturb'),
  };
}

/** Whether JSON was asked for, however broken the rest of the command line is. */
export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? argv.length : end).includes('--json');
}

type GivenFlags = ReadonlyMap<string, readonly string[]>;

function readTokens(argv: readonly string[]): { given: GivenFlags; words: readonly string[] } {
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      flags.map((flag) => [
        flag.name,
        {
          type: flag.value === undefined ? ('boolean' as const) : ('string' as const),
          ...(flag.short === undefined ? {} : { short: flag.short }),
        },
      ]),
    ),
    // Its own complaints neither suggest a mend nor stop at the first of our kind.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = flags.find((candidate) => candidate.name === token.name);
    if (flag === undefined) throw unknownFlag(token.rawName);
    checkValue(flag, token.value, token.inlineValue === true);
    given.set(flag.name, [...(given.get(flag.name) ?? []), token.value ?? '']);
  }
  for (const [name, values] of given) {
    if (values.length > 1 && name !== 'cors') throw doubled(`--${name}`);
  }
  return { given, words };
}

function unknownFlag(rawName: string): InputError {
  const shown = printable(rawName);
  const word = rawName.startsWith('--') ? rawName.slice(2) : undefined;
  const names = flags.map((flag) => flag.name);
  const near =
    word && (closest(word, names) ?? names.find((name) => initials(name) === word.toLowerCase()));
  return new InputError({
    code: 'unknown-flag',
    message: `There is no flag ${shown}`,
    where: shown,
    mend: near === undefined ? `See ${pinned('--help')}` : `Did you mean --${near}?`,
  });
}

/** `pm` is what people call the package manager. */
function initials(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0))
    .join('');
}

function checkValue(flag: Flag, value: string | undefined, inline: boolean): void {
  const where = `--${flag.name}`;
  if (flag.value === undefined) {
    if (value === undefined) return;
    throw new InputError({
      code: 'surplus-value',
      message: `${where} takes no value, and got ${printable(value)}`,
      where,
      mend: `Write ${where} alone.`,
    });
  }
  // `--auth --yes` has forgotten a value; `--auth=--yes` means it.
  if (value !== undefined && value !== '' && (inline || !value.startsWith('-'))) return;
  throw new InputError({
    code: 'missing-value',
    message: `${where} needs a value`,
    where,
    mend: `Write ${where} ${exampleOf(flag)}.`,
  });
}

function exampleOf(flag: Flag): string {
  const kind = options.find((option) => option.flag === flag.name)?.kind;
  return kind?.id === 'choice' ? kind.offered.map(({ value }) => value).join('|') : `${flag.value}`;
}

function doubled(where: string): InputError {
  return new InputError({
    code: 'doubled-flag',
    message: `${where} is given more than once`,
    where,
    mend: 'Give it once.',
  });
}

function findCommand(words: readonly string[]): { command: Command; rest: readonly string[] } {
  const [word, ...rest] = words;
  if (word === undefined) return { command: createCommand, rest: [] };
  const command = commands.find((candidate) => candidate.name === word);
  if (command === undefined) {
    const offered = commands.map(({ name }) => name);
    // A path means a project, however much like a command its name is.
    const near = /[\\/]/.test(word) ? undefined : closest(word, offered);
    if (near === undefined) return { command: createCommand, rest: words };
    throw new InputError({
      code: 'unknown-command',
      message: `There is no command ${printable(word)}`,
      where: printable(word),
      mend: `Did you mean ${near}? For a project of that name, write ./${word}.`,
    });
  }
  return { command, rest };
}

function checkFlagOf(command: Command, name: string): void {
  const flag = flags.find((candidate) => candidate.name === name);
  if (flag?.commands.includes(command.name)) return;
  throw new InputError({
    code: 'foreign-flag',
    message: `--${name} means nothing to the command ${command.name}`,
    where: `--${name}`,
    mend: `Leave it out: the command is npx create-secure-express ${command.usage}.`,
  });
}

function readOnConflict(command: Command, word = 'fail'): OnConflict {
  const policy = ON_CONFLICT.find((one) => one === word);
  if (policy !== undefined && (policy === 'fail' || command !== createCommand)) return policy;
  throw new InputError({
    code: policy === undefined ? 'unknown-choice' : 'unavailable-choice',
    message:
      policy === undefined
        ? `${printable(word)} is not a choice of --on-conflict`
        : `--on-conflict ${policy} merges into a repo that exists; a new project never does`,
    where: '--on-conflict',
    mend: policy === undefined ? suggest(word, ON_CONFLICT) : 'Choose an empty directory.',
  });
}

function checkModule(word: string): Module {
  const module = MODULES.find((one) => one === word);
  if (module !== undefined) return module;
  throw new InputError({
    code: 'unknown-module',
    message: `There is no module ${printable(word)}`,
    where: printable(word),
    mend: suggest(word, MODULES),
  });
}

function checkReplaceable(text: string): Replaceable {
  const word = text.trim();
  const replaceable = REPLACEABLE.find((one) => one === word);
  if (replaceable !== undefined) return replaceable;
  const why = Object.hasOwn(NEVER_REPLACED, word) ? NEVER_REPLACED[word] : undefined;
  throw new InputError({
    code: why === undefined ? 'unknown-choice' : 'unavailable-choice',
    message:
      why === undefined
        ? `${printable(word)} is not a choice of --replace`
        : `Your ${word} is not replaced: ${why}`,
    where: '--replace',
    mend:
      why === undefined
        ? suggest(word, REPLACEABLE)
        : 'Leave it out: ours goes beside it. Once your routes use ours, take yours out by hand.',
  });
}

/** What each of these flags brings with it, or leaves undone, no other may say. */
const ALONE = ['undo', 'apply', 'plan'];
const BESIDE_UNDO = [
  'cwd',
  'json',
  'dry-run',
  'on-conflict',
  'no-install',
  'yes',
  'help',
  'version',
];
const BESIDE_APPLY = ['cwd', 'json', 'dry-run', 'verify', 'no-install', 'yes', 'help', 'version'];

function checkTogether(given: GivenFlags, namesModules: boolean): void {
  const leader = ALONE.find((name) => given.has(name));
  if (leader === undefined) return;
  const follower = [...given.keys()].find((name) => {
    if (name === leader) return false;
    if (leader === 'undo') return !BESIDE_UNDO.includes(name);
    if (leader === 'apply') return !BESIDE_APPLY.includes(name);
    return [...ALONE, 'verify', 'no-install'].includes(name);
  });
  if (follower === undefined) {
    if (namesModules && leader !== 'plan') throw wholeOnly(leader);
    return;
  }
  throw new InputError({
    code: 'not-together',
    message: `--${follower} means nothing beside --${leader}`,
    where: `--${follower}`,
    mend: `Leave one of them out.`,
  });
}

function wholeOnly(leader: string): InputError {
  return new InputError({
    code: 'not-together',
    message: `--${leader} does all of what it does, and not that of some modules`,
    where: `--${leader}`,
    mend: 'Leave the modules out, or the flag.',
  });
}

function answersOf(given: GivenFlags): GivenAnswers {
  const answers = new Map<OptionName, Given>();
  for (const option of options) {
    const texts = given.get(option.flag);
    if (texts === undefined) continue;
    const where = `--${option.flag}`;
    answers.set(option.name, { value: option.kind.fromFlag(texts, where), where });
  }
  return answers;
}
