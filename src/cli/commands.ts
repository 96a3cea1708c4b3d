/** A word that may stand first on the command line. */
export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  /** What the words after it are; nothing may stand there where this is left out. */
  readonly takes?: 'directory' | 'modules';
  /** False for one whose place is kept for a later version: it is not offered. */
  readonly available: boolean;
}

/** The command without a word of its own. */
export const createCommand: Command = {
  name: 'create',
  usage: '[directory] [flags]',
  summary: 'a new project; asks what the flags leave open',
  takes: 'directory',
  available: true,
};

export const commands: readonly Command[] = [
  {
    name: 'options',
    usage: 'options [--json]',
    summary: 'every option; with --json the JSON Schema of an answers file',
    available: true,
  },
  {
    name: 'add',
    usage: 'add [module...] [flags]',
    summary: 'put modules into an Express repo that exists',
    takes: 'modules',
    available: true,
  },
  {
    name: 'regenerate',
    usage: 'regenerate [module...] [flags]',
    summary: 'new answers or newer templates, merged with your edits',
    takes: 'modules',
    available: true,
  },
  {
    name: 'diff',
    usage: 'diff [module...] [flags]',
    summary: 'what regenerate would change, as a unified diff',
    takes: 'modules',
    available: true,
  },
  {
    name: 'remove',
    usage: 'remove [module...] [flags]',
    summary: 'take modules out again: the inverse of add',
    takes: 'modules',
    available: true,
  },
  {
    name: 'doctor',
    usage: 'doctor [--url URL]',
    summary: 'check a repo, or a running server, against its answers',
    available: true,
  },
];
