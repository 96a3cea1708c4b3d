import type { Answers } from '../options/answers.ts';
import type { Api } from './api.ts';
import type { Evidence, Finding, Look } from './evidence.ts';

/** One way in that somebody may try, and how to tell whether it is shut. Knows the HTTP contract and nothing else. */
export interface Attack {
  /** The number that it has in the list of attacks, from 1 to 63. */
  readonly id: number;
  readonly title: string;
  /** What asks for the defence: ASVS 5.0.0, an RFC or NIST. */
  readonly requirement: string;
  applies(answers: Answers): boolean;
  /** Makes accounts, signs in or uses up limits: nothing for a server whose data matters. */
  readonly disturbs: boolean;
  /** What it cannot do without, beside an address. */
  readonly needs?: readonly Need[];
  /** Measures time or loads the server, so it runs by itself, after the others. */
  readonly alone?: boolean;
  /** Uses up how often one address may fail: where it has none of its own, it runs by itself, after the others. */
  readonly exhausts?: boolean;
  /** About so many seconds it does little but wait: it begins first, beside all the others, and takes nobody's place. */
  readonly waits?: number;
  /** Compares what is stored before and after, so it runs when nothing else does; it takes no longer than others. */
  readonly undisturbed?: boolean;
  /** The part of an app that it is about, where a module that was added to an app may find one that is not its own. */
  readonly part?: AppPart;
  /**
   * What a visitor can try who leaves no trace: no account, no failure that counts, no load. Comes before `run`, and
   * alone where that may not be or lacks what it needs.
   */
  visit?(scene: Scene): Promise<void>;
  run(scene: Scene): Promise<void>;
}

/**
 * What belongs to a whole app: how it listens, which proxies it trusts, which origins may read, what it sends with
 * every answer.
 */
export type AppPart = 'server' | 'proxy' | 'cors' | 'headers';

/** What whoever runs the server can give, so that more can be tried. */
export type Need = keyof typeof NEEDS;

/** Each need in words: "needs ...". */
export const NEEDS = {
  keys: "the server's environment, to make tokens that are forged but rightly signed",
  start: 'a way to start servers of its own with other settings',
  disable: 'a way to close an account',
  logs: "the server's log",
  storage: 'a look into the database',
  addresses: 'several client addresses: a server at 127.0.0.1 on a system with all of 127.0.0.0/8',
} as const;

export type Settings = Readonly<Record<string, string>>;

/** A server to attack, and what is known of it beside its address. */
export interface Target {
  readonly url: URL;
  /** Its environment: secrets, lifetimes. */
  readonly settings?: Settings;
  readonly production?: boolean;
  /** Set where a module is attacked that was added to an app: it answers for its own routes and for no others. */
  readonly host?: Host;
  readonly logLines?: () => readonly string[];
  readonly storage?: Storage;
  /** Closes the account of an email. */
  readonly disable?: (email: string) => Promise<void>;
}

/** The app that a module was added to. */
export interface Host {
  /** What it had of its own when the module came, and so kept. */
  readonly parts: readonly AppPart[];
  /** Of those, what it does in a way that is dangerous, with the module or without: that is attacked all the same. */
  readonly risks: readonly AppPart[];
}

/** What a thief of the database sees, whatever its tables are called. */
export interface Storage {
  /** The texts of every row that is stored anywhere. */
  rows(): Promise<readonly (readonly string[])[]>;
  /** Puts another text wherever this one is stored, and says in how many places. */
  replace(text: string, by: string): Promise<number>;
}

/** What a password costs: as the project has it, enough to be measured, or next to nothing. */
export type Hashing = 'real' | 'measurable' | 'cheap';

/** Starts servers of the same project. */
export interface Bench {
  /** @param lockSeconds after which a limit on failures ends, in place of the project's own time */
  start(settings: Settings, hashing?: Hashing, lockSeconds?: number): Promise<Target>;
  /** Starts a server that should refuse to run with these settings; undefined takes one away. */
  refusal(settings: Readonly<Record<string, string | undefined>>): Promise<Refusal>;
}

export interface Refusal {
  readonly exitCode: number | null;
  readonly listened: boolean;
  readonly output: string;
}

/** What an attack has at hand. */
export interface Scene {
  readonly answers: Answers;
  readonly target: Target;
  /** The server, seen from an address that no other attack uses. */
  readonly api: Api;
  readonly evidence: Evidence;
  /** Another address of the attack's own. */
  anotherAddress(): string | undefined;
  /** A server of its own, where the attack `needs` that. */
  start(...how: Parameters<Bench['start']>): Promise<Api>;
  /** Whether there is a way to start one, where the attack can do without. */
  readonly canStart: boolean;
  readonly refusal: Bench['refusal'];
}

export type Outcome =
  | { readonly status: 'safe' }
  /** Of the attack only `visit` could be tried: why. */
  | { readonly status: 'safe in part'; readonly why: string }
  | { readonly status: 'unsafe'; readonly findings: readonly Finding[] }
  | { readonly status: 'not applicable' }
  /** `broken`: it was tried, but something went wrong that the attack is not about. Never counts as safe. */
  | { readonly status: 'not tried'; readonly why: string; readonly broken: boolean };

export interface Result {
  readonly attack: Pick<Attack, 'id' | 'title' | 'requirement'>;
  readonly outcome: Outcome;
  /** What was measured, and what was left out for want of a need. */
  readonly notes: readonly string[];
  /** How many answers were held against what they must be, and the first of them that was right. */
  readonly looks: number;
  readonly sample?: Look | undefined;
  readonly milliseconds: number;
}
