import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, inject, test } from 'vitest';
import { bin, listing, quietEnvironment, sandbox } from './support/program.ts';

const folder = inject('packageFolder');
const tarball = inject('tarball');

/** The files in `dist` that are loaded where some of them are. */
function loadedBy(...entries: readonly string[]): ReadonlySet<string> {
  const files = new Set(listing(join(folder, 'dist')));
  const loaded = new Set(entries);
  for (const file of loaded) {
    const text = readFileSync(join(folder, 'dist', file), 'utf8');
    for (const [, path = ''] of text.matchAll(/(?:from|^import|;import)\s*"\.\/([^"]+)"/gm)) {
      // The imports in templates are those of a project.
      if (files.has(path)) loaded.add(path);
    }
  }
  return loaded;
}

describe('the package', () => {
  test('holds the program, the templates, the licences, and nothing else', () => {
    const files = listing(folder).filter((path) => statSync(join(folder, path)).isFile());
    const kinds = [
      /^package\.json$/,
      /^README\.md$/,
      /^LICENSE$/,
      /^THIRD-PARTY-LICENSES\.txt$/,
      /^bin\/create-secure-express\.js$/,
      /^dist\/[\w-]+\.js$/,
      /^templates\/.+$/,
      /^plopfile\.js$/,
    ];
    expect(files.filter((path) => !kinds.some((kind) => kind.test(path)))).toEqual([]);
    for (const path of [
      'dist/cli.js',
      'dist/plop.js',
      'THIRD-PARTY-LICENSES.txt',
      'package.json',
    ]) {
      expect(files).toContain(path);
    }
    expect(files.some((path) => path.startsWith('templates/'))).toBe(true);
  });

  test('is smaller than 500 kB', () => {
    expect(statSync(tarball).size).toBeLessThan(500_000);
  });

  test('opens few of its files to create a project: each takes a while', () => {
    const lazy = listing(join(folder, 'dist')).filter((file) =>
      /^(create|gather|project)-\w+\.js$/.test(file),
    );
    expect(lazy).toHaveLength(3);
    const loaded = loadedBy('cli.js', ...lazy);
    expect(loaded.size).toBeGreaterThan(6);
    expect(loaded.size).toBeLessThan(15);
  });

  test('has no dependency, and runs nothing when it is installed', () => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const kind of [
      'dependencies',
      'optionalDependencies',
      'peerDependencies',
      'bundledDependencies',
    ]) {
      expect(manifest[kind] ?? {}).toEqual({});
    }
    for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) {
      expect(manifest.scripts).not.toHaveProperty(script);
    }
  });

  test('names every package that it bundles, with its licence', () => {
    const licences = readFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of ['execa', 'fs-extra', 'handlebars', 'kleur', 'node-plop', 'prompts']) {
      expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(\\S+\\)\\n\\n.{3}`, 'm'));
    }
    expect(licences).not.toMatch(/^inquirer /m);
  });

  test('has no path of the machine that built it', () => {
    for (const path of listing(folder).filter((path) => path.startsWith('dist/'))) {
      const text = readFileSync(join(folder, path), 'utf8');
      expect(text).not.toContain(process.cwd());
      expect(text).not.toMatch(/\/(home|Users|root|work)\/\w/);
    }
  });

  test('loads little to start with: each command brings in what it needs', () => {
    const loaded = loadedBy('cli.js');
    const texts = [...loaded].map((path) => readFileSync(join(folder, 'dist', path), 'utf8'));
    expect(loaded.size).toBeGreaterThan(1);
    expect(texts.join('').length).toBeLessThan(60_000);
    expect(texts.join('')).not.toMatch(/node_modules\//);
  });
});

describe('npx', () => {
  test('runs it from an empty folder and an empty cache, and installs one package', async () => {
    const cwd = sandbox();
    const home = sandbox();
    const cache = join(home, 'cache');
    mkdirSync(cache);
    const env = { ...quietEnvironment(home), npm_config_cache: cache, npm_config_offline: 'true' };
    const { stdout } = await execa(
      'npm',
      [
        'exec',
        '--yes',
        `--package=${tarball}`,
        '--',
        'create-secure-express',
        'my-api',
        '--yes',
        '--no-install',
        '--no-git',
        '--json',
      ],
      { cwd, env, extendEnv: false },
    );
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, answers: { packageManager: 'npm' } });
    expect(listing(cwd)).toContain('my-api/package.json');
    const installed = listing(join(cache, '_npx')).filter((path) =>
      /node_modules\/[^/.]+$/.test(path),
    );
    expect(installed.map((path) => path.split('/').at(-1))).toEqual(['create-secure-express']);
  });
});

test('an old Node.js is told what it needs', async () => {
  const loader = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.0'})`;
  const { exitCode, stderr } = await execa(process.execPath, ['--import', loader, bin], {
    reject: false,
  });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('needs Node.js 20.19 or newer, and this is 18.20.0');
});
