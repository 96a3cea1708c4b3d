import { options } from '../options/schema.ts';

/** A flag that steers a run; those that answer a question come from the options. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  /** What stands for its value in help; undefined for a flag without one. */
  readonly value?: string;
  readonly summary: string;
  /** Known, and not offered: it has nothing to choose from yet. */
  readonly hidden?: true;
  /** The commands that know it. */
  readonly commands: readonly string[];
}

const EVERY = ['create', 'options'];

export const controlFlags: readonly Flag[] = [
  { name: 'yes', short: 'y', summary: 'take the defaults for the rest', commands: ['create'] },
  {
    name: 'answers',
    value: 'FILE',
    summary: 'take answers from a JSON file',
    commands: ['create'],
  },
  { name: 'dry-run', summary: 'show what would be written, write nothing', commands: ['create'] },
  {
    name: 'cwd',
    value: 'DIR',
    summary: 'start from there; the project lies inside it',
    commands: ['create'],
  },
  // Creating never overwrites, so `fail` is all that it takes; the others come with the commands that merge.
  {
    name: 'on-conflict',
    value: 'fail',
    hidden: true,
    summary: 'leave conflicts alone and say so',
    commands: ['create'],
  },
  { name: 'json', summary: 'one JSON document on stdout, the rest on stderr', commands: EVERY },
  { name: 'help', short: 'h', summary: 'this text', commands: EVERY },
  { name: 'version', short: 'v', summary: 'the version', commands: EVERY },
];

/** The flags that answer a question. */
export const answerFlags: readonly Flag[] = options.map((option) => ({
  name: option.flag,
  summary: option.question,
  commands: ['create'],
  ...(option.kind.id === 'switch' ? {} : { value: placeholderOf(option.kind.id) }),
}));

function placeholderOf(kind: string): string {
  return (
    { choice: 'CHOICE', origins: 'ORIGIN,…', headers: 'HEADER,…', name: 'NAME' }[kind] ?? 'TEXT'
  );
}
