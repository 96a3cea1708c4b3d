import type { Interview } from '../commands/create.ts';
import { applies, type Option, type OptionName } from '../options/option.ts';
import { defaultOf, type Given, type GivenAnswers, resolveAnswers } from '../options/resolve.ts';
import { options } from '../options/schema.ts';
import { version } from '../package-root.ts';
import { type Ask, BACK } from './ask.ts';
import { askOption } from './ask-option.ts';
import type { Palette } from './colour.ts';
import { keyLines } from './keys.ts';
import type { Page } from './page.ts';
import { askText } from './questions.ts';
import { summaryLines } from './summary.ts';
import { askVerdict, VERDICT_HEIGHT } from './verdict.ts';
import { type Outcome, walk } from './walk.ts';

export interface InterviewTerminal {
  readonly ask: Ask;
  readonly page: Page;
  readonly palette: Palette;
  /** What going on after the summary means, such as `Create it`. */
  readonly creating: string;
  /** The options that are a person's to decide on: the summary shows them, and each can be changed. */
  readonly shown: readonly Option[];
}

/** Asks at a terminal: one question after the other, back with Esc, and a summary before the end. */
export function makeInterview(terminal: InterviewTerminal): Interview {
  return async (start) => {
    const { page, palette } = terminal;
    page.add([
      `${palette.bold('create-secure-express')} ${palette.dim(version)}`,
      ...keyLines(page, palette),
    ]);
    return new Conversation(terminal, start).run();
  };
}

type Start = Parameters<Interview>[0];

/** One interview: what is known so far, and the way through the questions. */
class Conversation {
  readonly #terminal: InterviewTerminal;
  readonly #start: Start;
  readonly #known: Map<OptionName, Given>;
  /** What was asked, so that its cost was read. */
  readonly #read = new Set<OptionName>();
  #directory: string | undefined;

  constructor(terminal: InterviewTerminal, start: Start) {
    this.#terminal = terminal;
    this.#start = start;
    this.#known = new Map(start.given);
    this.#directory = start.directory;
  }

  async run(): Promise<{ directory: string; given: GivenAnswers }> {
    const steps = [
      ...options.filter(({ asked }) => asked).map((option) => () => this.#askUnlessGiven(option)),
      () => this.#conclude(),
    ];
    const { page, palette } = this.#terminal;
    page.keep();
    while ((await walk(steps)) === 'back') {
      // There is nothing to go back to: it is asked again.
      page.add(['', palette.dim('There is nothing before this. Ctrl-C leaves.')]);
    }
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
    if (option.name === 'name') return this.#askDirectory(option);
    const value = await this.#valueOf(option);
    if (value === BACK) return 'back';
    this.#known.set(option.name, { value, where: option.label });
    this.#read.add(option.name);
    return 'answered';
  }

  async #askDirectory({ question, risk }: Option): Promise<Outcome> {
    const text = await askText(
      this.#terminal.ask,
      { message: question, risk },
      this.#directory ?? 'my-api',
      (typed) => this.#start.checkDirectory(typed),
    );
    if (text === BACK) return 'back';
    this.#directory = text;
    // From now on the directory names the project.
    this.#known.delete('name');
    return 'answered';
  }

  #valueOf(option: Option): Promise<unknown> {
    const byDefault = defaultOf(option, this.#start.circumstances);
    return askOption(this.#terminal.ask, option, {
      current: this.#known.get(option.name)?.value ?? byDefault,
      byDefault,
      isGiven: (name) => this.#start.given.has(name),
    });
  }

  /** Shows what is about to be made, until the person wants it. */
  async #conclude(): Promise<Outcome> {
    const { ask, page, palette, creating, shown } = this.#terminal;
    const begun = page.settled;
    for (;;) {
      const { directory, answers } = this.#outcome();
      const before = page.settled;
      const withCost = (name: OptionName) =>
        !this.#read.has(name) && this.#start.given.get(name)?.where.startsWith('--') === true;
      const look = { palette, width: page.width, height: page.height - VERDICT_HEIGHT, withCost };
      page.add(summaryLines(answers, directory, shown, look));
      const verdict = await askVerdict(ask, answers, shown, creating);
      if (verdict === 'create') return 'answered';
      // One summary at a time: the next one says what has changed.
      page.rewind(before);
      if (verdict === BACK) {
        page.rewind(begun - 1);
        return 'back';
      }
      await this.#change(verdict.change);
    }
  }

  /** Asks one question again, and then those that only its new answer has brought up. */
  async #change(option: Option): Promise<void> {
    const release = this.#terminal.page.keep();
    await walk([
      () => this.#ask(option),
      ...options.filter(({ asked }) => asked).map((other) => () => this.#askIfNew(other, option)),
    ]);
    release();
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
