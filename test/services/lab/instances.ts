import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { linesOf, listening } from '../../attacks/lab/bench.ts';
import { hashingSetting } from '../../attacks/lab/hashing.ts';
import type { Project } from '../../attacks/lab/project.ts';
import { userEnvironment } from '../../support/run.ts';

/** One process of a project's server. */
export interface Instance {
  readonly url: URL;
  /** Whatever it has written. */
  readonly lines: readonly string[];
  /** Asks it to stop. @returns its exit code */
  stop(): Promise<number | null>;
  /** Ends it in the middle of whatever it does. */
  kill(): Promise<void>;
}

/** Starts processes of one project over the same stores. */
export class Instances {
  readonly #project: Project;
  readonly #stores: Readonly<Record<string, string>>;
  readonly #children = new Set<ChildProcess>();

  constructor(project: Project, stores: Readonly<Record<string, string>>) {
    this.#project = project;
    this.#stores = stores;
    process.once('exit', this.#clearUp);
  }

  /** @param settings over those of the project */
  async start(settings: Readonly<Record<string, string>> = {}): Promise<Instance> {
    const child = spawn(process.execPath, [...this.#project.server], {
      cwd: this.#project.folder,
      env: {
        ...userEnvironment(),
        ...this.#project.settings,
        ...this.#stores,
        ...hashingSetting(this.#project.answers.hash, 'cheap'),
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: '0',
        TRUST_PROXY: '1',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    const lines = linesOf(child);
    const end = async (signal: NodeJS.Signals) => {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
      this.#children.delete(child);
      return child.exitCode;
    };
    return {
      url: await listening(child, lines),
      lines,
      stop: () => end('SIGTERM'),
      kill: async () => void (await end('SIGKILL')),
    };
  }

  readonly #clearUp = (): void => {
    for (const child of this.#children) child.kill('SIGKILL');
  };

  /** Ends every process that still runs. */
  async stop(): Promise<void> {
    const running = [...this.#children].filter((child) => child.exitCode === null);
    const ended = running.map((child) => once(child, 'exit'));
    this.#clearUp();
    await Promise.all(ended);
    process.off('exit', this.#clearUp);
  }
}
