/** A word that may stand first on the command line. */
export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  /** What the words after it are; nothing may stand there where this is left out. */
  readonly takes?: 'directory' | 'modules';
}

/** The command without a word of its own. */
export const createCommand: Command = {
  name: 'create',
  usage: '[directory] [flags]',
  summary: 'a new project; asks what the flags leave open',
  takes: 'directory',
};

export const commands: readonly Command[] = [
  {
    name: 'options',
    usage: 'options [--json]',
    summary: 'every option; with --json the JSON Schema of an answers file',
  },
  {
    name: 'add',
    usage: 'add [module...] [flags]',
    summary: 'put modules into an Express repo that exists',
    takes: 'modules',
  },
  {
    name: 'regenerate',
    usage: 'regenerate [module...] [flags]',
    summary: 'new answers or newer templates, merged with your edits',
    takes: 'modules',
  },
  {
    name: 'diff',
    usage: 'diff [module...] [flags]',
    summary: 'what regenerate would change, as a unified diff',
    takes: 'modules',
  },
  {
    name: 'remove',
    usage: 'remove [module...] [flags]',
    summary: 'take modules out again: the inverse of add',
    takes: 'modules',
  },
  {
    name: 'doctor',
    usage: 'doctor [--url URL]',
    summary: 'check a repo, or a running server, against its answers',
  },
];
