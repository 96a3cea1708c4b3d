import type { Interview } from '../commands/create.ts';
import type { HelmetHeaders } from '../options/answers.ts';
import type { Choice } from '../options/kinds/choice.ts';
import { applies, type Option, type OptionName } from '../options/option.ts';
import { defaultOf, type Given, type GivenAnswers, resolveAnswers } from '../options/resolve.ts';
import { isQuestion, options } from '../options/schema.ts';
import { version } from '../package-root.ts';
import { type Ask, BACK } from './ask.ts';
import type { Palette } from './colour.ts';
import { askHeaders } from './header-questions.ts';
import { textWidth, wrap } from './layout.ts';
import { askChoice, askOrigins, askText } from './questions.ts';
import { askVerdict, summaryText } from './summary.ts';
import { type Outcome, walk } from './walk.ts';

export interface InterviewTerminal {
  readonly ask: Ask;
  readonly print: (text: string) => void;
  readonly palette: Palette;
  /** How wide the terminal is now. */
  readonly columns: () => number | undefined;
  /** What going on after the summary means, such as `Create it`. */
  readonly creating: string;
}

/** Asks at a terminal: one question after the other, back with Esc, and a summary before the end. */
export function makeInterview(terminal: InterviewTerminal): Interview {
  return async (start) => {
    const { print, palette } = terminal;
    print(`${palette.bold('create-secure-express')} ${palette.dim(version)}`);
    print(palette.dim('Esc goes back, Ctrl-C leaves. Nothing is written before you say so.'));
    return new Conversation(terminal, start).run();
  };
}

type Start = Parameters<Interview>[0];

/** One interview: what is known so far, and the way through the questions. */
class Conversation {
  readonly #terminal: InterviewTerminal;
  readonly #start: Start;
  readonly #known: Map<OptionName, Given>;
  #directory: string | undefined;

  constructor(terminal: InterviewTerminal, start: Start) {
    this.#terminal = terminal;
    this.#start = start;
    this.#known = new Map(start.given);
    this.#directory = start.directory;
  }

  async run(): Promise<{ directory: string; given: GivenAnswers }> {
    const steps = [
      ...options.filter(isQuestion).map((option) => () => this.#askUnlessGiven(option)),
      () => this.#conclude(),
    ];
    // At the very first question there is nothing to go back to: it is asked again.
    while ((await walk(steps)) === 'back');
    if (this.#directory === undefined) throw new RangeError('The directory is asked first.');
    return { directory: this.#directory, given: this.#applying() };
  }

  /** Asks a question that applies and that no flag or file has answered. */
  async #askUnlessGiven(option: Option): Promise<Outcome> {
    const given =
      option.name === 'name'
        ? this.#start.directory !== undefined
        : this.#start.given.has(option.name);
    return given || !this.#applies(option) ? 'passed' : this.#ask(option);
  }

  async #ask(option: Option): Promise<Outcome> {
    const { print, palette, columns } = this.#terminal;
    print(['', ...wrap(option.risk ?? '', textWidth(columns())).map(palette.dim)].join('\n'));
    if (option.name === 'name') return this.#askDirectory(option);
    const value = await this.#valueOf(option);
    if (value === BACK) return 'back';
    this.#known.set(option.name, { value, where: option.label });
    return 'answered';
  }

  async #askDirectory({ question }: Option): Promise<Outcome> {
    const text = await askText(this.#terminal.ask, question, this.#directory ?? 'my-api', (typed) =>
      this.#start.checkDirectory(typed),
    );
    if (text === BACK) return 'back';
    this.#directory = text;
    // From now on the directory names the project.
    this.#known.delete('name');
    return 'answered';
  }

  async #valueOf(option: Option): Promise<unknown> {
    const { ask } = this.#terminal;
    const { kind, question } = option;
    const current =
      this.#known.get(option.name)?.value ?? defaultOf(option, this.#start.circumstances);
    switch (kind.id) {
      case 'choice':
        return askChoice(ask, question, this.#possible(option, kind.offered), current);
      case 'origins':
        return askOrigins(ask, question, current as readonly string[], (origins) =>
          kind.check(origins, option.label),
        );
      case 'headers':
        return askHeaders(ask, question, kind.check(current, option.label) as HelmetHeaders);
      default:
        throw new RangeError(`Nobody is asked about ${option.name}.`);
    }
  }

  /** The choices beside which everything that was given still applies. */
  #possible(option: Option, choices: readonly Choice[]): readonly Choice[] {
    const dependants = options.filter(
      ({ name, when }) => when?.option === option.name && this.#start.given.has(name),
    );
    return choices.filter(({ value }) => dependants.every(({ when }) => when?.is.includes(value)));
  }

  /** Shows what is about to be made, until the person wants it. */
  async #conclude(): Promise<Outcome> {
    const { ask, print, palette, columns, creating } = this.#terminal;
    for (;;) {
      const { directory, answers } = this.#outcome();
      print(summaryText(answers, directory, palette, columns()));
      const verdict = await askVerdict(ask, answers, creating);
      if (verdict === BACK) return 'back';
      if (verdict === 'create') return 'answered';
      await this.#change(verdict.change);
    }
  }

  /** Asks one question again, and then those that only its new answer has brought up. */
  async #change(option: Option): Promise<void> {
    await walk([
      () => this.#ask(option),
      ...options.filter(isQuestion).map((other) => () => this.#askIfNew(other, option)),
    ]);
  }

  async #askIfNew(option: Option, changed: Option): Promise<Outcome> {
    const isNew = option.when?.option === changed.name && !this.#known.has(option.name);
    return isNew && this.#applies(option) ? this.#ask(option) : 'passed';
  }

  #outcome() {
    const directory = this.#directory ?? '.';
    const name = this.#start.checkDirectory(directory);
    const given = new Map(this.#applying());
    if (!given.has('name')) given.set('name', { value: name, where: 'Name' });
    return { directory, answers: resolveAnswers(given, this.#start.circumstances) };
  }

  #applying(): GivenAnswers {
    return new Map(
      [...this.#known].filter(([name]) =>
        options.some((option) => option.name === name && this.#applies(option)),
      ),
    );
  }

  #applies(option: Option): boolean {
    const values = Object.fromEntries([...this.#known].map(([name, { value }]) => [name, value]));
    return applies(option, values) === true;
  }
}
