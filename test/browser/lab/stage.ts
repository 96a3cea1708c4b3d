import type { Browser, BrowserContext } from 'playwright-core';
import type { Answers } from '../../../src/options/answers.ts';
import { ProcessBench } from '../../attacks/lab/bench.ts';
import type { Edit } from '../../attacks/lab/edits.ts';
import { makeProject } from '../../attacks/lab/project.ts';
import { launchChromium } from './chromium.ts';
import { type Gateway, openGateway, type Seen } from './gateway.ts';
import { API } from './hosts.ts';

/** So long may a page take, on a machine that is busy with others (milliseconds). */
const PATIENCE = 90_000;

/** A running project behind https, and browsers to visit it with. */
export interface Stage {
  readonly answers: Answers;
  /** What browsers asked the API so far. */
  readonly seen: readonly Seen[];
  /** Where the server really listens, behind the gateway. */
  readonly behind: URL;
  /** A browser without a past, gone when `visit` is done. */
  visit<T>(visit: (browser: BrowserContext) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** One Chromium and its net, for one project after the other. */
export class World {
  readonly #gateway: Gateway;
  readonly #browser: Browser;

  private constructor(gateway: Gateway, browser: Browser) {
    this.#gateway = gateway;
    this.#browser = browser;
  }

  static async open(chromium: string): Promise<World> {
    const gateway = await openGateway(new URL(API).host);
    return new World(gateway, await launchChromium(chromium, gateway.port));
  }

  /**
   * Builds a project and starts it. The stage before must be closed.
   *
   * @param edits what the project has besides, or sabotage
   */
  async stage(
    name: string,
    answers: Answers,
    edits: readonly Edit[] = [],
    settings: Readonly<Record<string, string>> = { TRUST_PROXY: '1' },
  ): Promise<Stage> {
    const bench = new ProcessBench(await makeProject(`visited-${name}`, answers, edits));
    const { url } = await bench.start(settings);
    this.#gateway.leadTo(url);
    return {
      answers,
      seen: this.#gateway.seen,
      behind: url,
      visit: async (visit) => {
        const context = await this.#browser.newContext({ ignoreHTTPSErrors: true });
        context.setDefaultTimeout(PATIENCE);
        try {
          return await visit(context);
        } finally {
          await context.close();
        }
      },
      close: () => bench.stop(),
    };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#gateway.close();
  }
}
