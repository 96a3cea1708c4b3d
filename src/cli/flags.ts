import { REPLACEABLE } from '../host/replaceable.ts';
import type { OptionName } from '../options/option.ts';
import { options } from '../options/schema.ts';

/** A flag that steers a run; those that answer a question come from the options. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  /** What stands for its value in help; undefined for a flag without one. */
  readonly value?: string;
  readonly summary: string;
  /** What else it does in one command, by the command's name. */
  readonly more?: { readonly [command: string]: string };
  /** What it is in one command where that is something else, by the command's name. */
  readonly instead?: { readonly [command: string]: Pick<Flag, 'value' | 'summary'> };
  /** The commands that know it and do not offer it: it has nothing to choose from there. */
  readonly hiddenFrom?: readonly string[];
  /** The commands that know it. */
  readonly commands: readonly string[];
}

const DEFAULTS = ', and take the defaults for the rest';
const EVERY = ['create', 'add', 'regenerate', 'diff', 'remove', 'options', 'doctor'];
const WRITING = ['create', 'add', 'regenerate', 'remove'];
const ANSWERED = ['create', 'add', 'regenerate', 'diff'];

export const controlFlags: readonly Flag[] = [
  {
    name: 'yes',
    short: 'y',
    summary: 'ask nothing',
    more: { create: DEFAULTS, add: DEFAULTS },
    commands: WRITING,
  },
  {
    name: 'answers',
    value: 'FILE',
    summary: 'take answers from a JSON file',
    commands: ANSWERED,
  },
  { name: 'dry-run', summary: 'show what would be written, write nothing', commands: WRITING },
  {
    name: 'cwd',
    value: 'DIR',
    summary: 'start from there',
    more: { create: '; the new project lies inside it' },
    commands: [...ANSWERED, 'remove', 'doctor'],
  },
  {
    name: 'url',
    value: 'URL',
    summary: 'attack a running server, without a trace in its data',
    commands: ['doctor'],
  },
  {
    name: 'disturb',
    summary: 'attacks may make accounts and use up limits, too',
    commands: ['doctor'],
  },
  {
    name: 'allow-host',
    value: 'HOST',
    summary: 'a host that is not this machine; attack only what is yours',
    commands: ['doctor'],
  },
  {
    name: 'on-conflict',
    value: 'fail|merge|keep|theirs',
    summary: 'edits that clash: stop (default), mark both, keep yours, take ours',
    instead: {
      remove: {
        value: 'fail|keep|theirs',
        summary: 'files that you edited: stop (default), leave them, remove them',
      },
    },
    commands: [...ANSWERED, 'remove'],
    // Creating never overwrites, so `fail` is all that it takes.
    hiddenFrom: ['create'],
  },
  {
    name: 'replace',
    value: REPLACEABLE.join(','),
    summary: 'ours in the place of your own helmet() or cors()',
    commands: ['add'],
  },
  {
    name: 'plan',
    value: 'FILE',
    summary: 'save what would be done, and do nothing',
    commands: ['regenerate'],
  },
  {
    name: 'apply',
    value: 'FILE',
    summary: 'do exactly what was saved, or nothing if the files changed since',
    commands: ['regenerate'],
  },
  { name: 'undo', summary: 'bring back what the last run replaced', commands: ['regenerate'] },
  {
    name: 'verify',
    summary: 'run your type check and tests before and after',
    commands: ['regenerate', 'add'],
  },
  { name: 'json', summary: 'one JSON document on stdout, the rest on stderr', commands: EVERY },
  { name: 'help', short: 'h', summary: 'this text', commands: EVERY },
  { name: 'version', short: 'v', summary: 'the version', commands: EVERY },
];

/** The flags that answer a question. */
export const answerFlags: readonly Flag[] = options.map((option) => ({
  name: option.flag,
  summary: option.question,
  commands: commandsOf(option.name),
  // It installs nothing.
  ...(option.name === 'install' && { hiddenFrom: ['diff'] }),
  ...(option.kind.id === 'switch' ? {} : { value: placeholderOf(option.kind.id) }),
}));

/** Whether a command asks a person for an option, or is told it by a flag. */
export function isLeftTo(command: string, name: OptionName): boolean {
  return commandsOf(name).includes(command);
}

function commandsOf(name: OptionName): readonly string[] {
  // What a project is called, and whether it has a repository, is settled when it is made.
  if (name === 'name' || name === 'git') return ['create'];
  if (name === 'install') return [...ANSWERED, 'remove'];
  // A host has its own.
  const isOfTheHost = name === 'packageManager' || name === 'testRunner';
  return isOfTheHost ? ANSWERED.filter((command) => command !== 'add') : ANSWERED;
}

function placeholderOf(kind: string): string {
  return (
    { choice: 'CHOICE', origins: 'ORIGIN,…', headers: 'HEADER,…', name: 'NAME' }[kind] ?? 'TEXT'
  );
}
