import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  Bench,
  Hashing,
  Refusal,
  Settings,
  Storage,
  Target,
} from '../../../src/attacks/attack.ts';
import { hostNames } from '../../../src/render/host-names.ts';
import { run, userEnvironment } from '../../support/run.ts';
import { whenUp } from '../../support/when-up.ts';
import { hashingSetting } from './hashing.ts';
import { lockTimeSetting } from './lock-time.ts';
import type { Attackable } from './project.ts';
import { openStorage } from './storage.ts';

/** A store that is empty at first: where it is, and a way to look into it. */
export interface Place {
  readonly settings: Settings;
  readonly storage: Storage;
  remove(): Promise<void>;
}

/** Starts servers of one program, each a process of its own with stores of its own, and stops them all. */
export class ProcessBench implements Bench {
  readonly #project: Attackable;
  readonly #children = new Set<ChildProcess>();
  readonly #placesElsewhere: () => Promise<readonly Place[]>;
  readonly #places: Place[] = [];
  #databases: string | undefined;

  /** @param placesElsewhere finds what a server needs beside a SQLite file, or in place of it */
  constructor(
    project: Attackable,
    placesElsewhere: () => Promise<readonly Place[]> = async () => [],
  ) {
    this.#project = project;
    this.#placesElsewhere = placesElsewhere;
    process.once('exit', this.#clearUp);
  }

  async start(
    settings: Settings,
    hashing: Hashing = 'cheap',
    lockSeconds?: number,
  ): Promise<Target> {
    const { answers, manageUsers, host } = this.#project;
    const production = answers.sessionStore !== 'memory';
    const place = await this.#newPlace();
    const environment = {
      ...this.#project.settings,
      ...place.settings,
      NODE_ENV: production ? 'production' : 'development',
      HOST: '127.0.0.1',
      PORT: '0',
      ...hashingSetting(answers.hash, hashing),
      ...lockTimeSetting(lockSeconds),
      ...settings,
    };
    const cwd = await this.#workingFolder(environment);
    const child = this.#spawn(environment, cwd);
    const lines = linesOf(child);
    const url = await listening(child, lines);
    const own = new Set(host && lines.filter((line) => !line.startsWith('{')));
    return {
      url,
      settings: environment,
      production,
      ...(host && { host }),
      // What an app says of itself as it starts is no line of ours.
      logLines: () => lines.filter((line) => !own.has(line)),
      storage: place.storage,
      ...(manageUsers && {
        disable: async (email) => {
          const { exitCode, output } = await run(
            process.execPath,
            [manageUsers, 'disable', email],
            cwd,
            environment,
          );
          if (exitCode !== 0) throw new Error(`the account cannot be closed: ${output}`);
        },
      }),
    };
  }

  async refusal(changes: Readonly<Record<string, string | undefined>>): Promise<Refusal> {
    const environment = Object.fromEntries(
      Object.entries({
        ...this.#project.settings,
        ...(await this.#newPlace()).settings,
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: '0',
        LOG_LEVEL: 'info',
        ...hashingSetting(this.#project.answers.hash, 'cheap'),
        ...changes,
      }).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const child = this.#spawn(environment, await this.#workingFolder({}));
    // What it said last may be heard after it has ended.
    const ended = once(child, 'close');
    const lines = linesOf(child);
    let listened = false;
    await listening(child, lines).then(
      async (url) => {
        // An app may listen while its module looks at the settings, and answers nobody until it has.
        listened = this.#project.host === undefined || (await isAnswered(url));
        if (listened) child.kill('SIGKILL');
      },
      () => {},
    );
    await ended;
    return { exitCode: child.exitCode, listened, output: lines.join('\n') };
  }

  /** Stops every server that was started here, and removes their databases. */
  async stop(): Promise<void> {
    const running = [...this.#children].filter(
      ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
    );
    const ended = running.map((child) => once(child, 'exit'));
    this.#clearUp();
    await Promise.all(ended);
    for (const place of this.#places.splice(0)) await place.remove();
    process.off('exit', this.#clearUp);
  }

  /** Whatever happens, no server is left behind. */
  readonly #clearUp = (): void => {
    for (const child of this.#children) child.kill('SIGKILL');
    this.#children.clear();
    if (this.#databases) rmSync(this.#databases, { recursive: true, force: true });
    this.#databases = undefined;
  };

  /** Everything that one server needs, as one. */
  async #newPlace(): Promise<Omit<Place, 'remove'>> {
    const elsewhere = await this.#placesElsewhere();
    this.#places.push(...elsewhere);
    const own = this.#project.answers.database === 'sqlite' ? [await this.#newFile()] : [];
    const all = [...own, ...elsewhere];
    return {
      settings: Object.assign({}, ...all.map(({ settings }) => settings)),
      storage: {
        rows: async () => (await Promise.all(all.map(({ storage }) => storage.rows()))).flat(),
        replace: async (text, by) => {
          const counts = await Promise.all(all.map(({ storage }) => storage.replace(text, by)));
          return counts.reduce((sum, count) => sum + count, 0);
        },
      },
    };
  }

  /** Where it costs no waiting for a disk, if there is such a place. */
  async #newFile(): Promise<Omit<Place, 'remove'>> {
    const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
    this.#databases ??= await mkdtemp(join(memory, 'attacked-'));
    const file = join(this.#databases, `${randomUUID()}.db`);
    return {
      settings: { DATABASE_URL: `file:${file}` },
      storage: openStorage(this.#project.folder, file),
    };
  }

  #spawn(environment: Settings, cwd: string): ChildProcess {
    const child = spawn(process.execPath, [...this.#project.server], {
      cwd,
      env: { ...userEnvironment(), ...this.#asNamed(environment) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    return child;
  }

  /** Settings by the names that the program knows them by. */
  #asNamed(settings: Settings): Settings {
    if (this.#project.host === undefined) return settings;
    return Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [hostNames(name), value]),
    );
  }

  /** A folder with what lies beside a server and must never be served. */
  async #workingFolder(environment: Settings): Promise<string> {
    const runs = join(this.#project.folder, 'runs');
    await mkdir(runs, { recursive: true });
    const folder = await mkdtemp(join(runs, 'run-'));
    const lines = Object.entries(this.#asNamed(environment)).map(
      ([name, value]) => `${name}=${value}\n`,
    );
    if (lines.length > 0) await writeFile(join(folder, '.env'), lines.join(''), { mode: 0o600 });
    await mkdir(join(folder, '.git'));
    await writeFile(join(folder, '.git/config'), '[core]\n');
    return folder;
  }
}

/** Whether anybody gets an answer, rather than the end of the connection. */
function isAnswered(url: URL): Promise<boolean> {
  return fetch(new URL('/auth/me', url)).then(
    () => true,
    () => false,
  );
}

/** Whatever a process writes, line by line, as it comes. */
export function linesOf(child: ChildProcess): string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
    });
    stream?.once('end', () => {
      if (rest) lines.push(rest);
    });
  }
  return lines;
}

/** The address that a server says it listens on. */
export function listening(child: ChildProcess, lines: readonly string[]): Promise<URL> {
  const look = () => {
    const line = lines.find((one) => /listening on http:\/\/127\.0\.0\.1:\d+/.test(one));
    return line === undefined ? undefined : new URL(/http:[\w/.:]+/.exec(line)?.[0] ?? '');
  };
  return whenUp(child, look, () => lines.join('\n'));
}
