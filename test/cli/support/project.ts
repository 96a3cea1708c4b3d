import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { listing, QUIET, type Run, run, sandbox } from './program.ts';

/** A project that was just made. */
export async function makeProject(...flags: readonly string[]): Promise<Project> {
  const folder = sandbox();
  expect(await run(folder, ['api', ...QUIET, ...flags])).toMatchObject({ exitCode: 0 });
  return new Project(join(folder, 'api'));
}

export class Project {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  edit(path: string, change: (text: string) => string): void {
    const text = this.read(path);
    expect(change(text)).not.toBe(text);
    writeFileSync(join(this.root, path), change(text));
  }

  /** Every file but the way back, with its content. */
  state(): Readonly<Record<string, string>> {
    const paths = listing(this.root).filter(
      (path) => !/^\.(secure-express\/undo|git\/secure-express-undo)/.test(path),
    );
    const files = paths.filter((path) => statSync(join(this.root, path)).isFile());
    return Object.fromEntries(
      files.map((path) => [path, readFileSync(join(this.root, path), 'latin1')]),
    );
  }

  run(...args: readonly string[]): Promise<Run> {
    return run(this.root, args);
  }

  regenerate(...flags: readonly string[]): Promise<Run> {
    return run(this.root, ['regenerate', '--no-install', ...flags]);
  }

  async json(...args: readonly string[]) {
    return JSON.parse((await run(this.root, [...args, '--json'])).stdout);
  }
}
