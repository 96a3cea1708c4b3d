import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { regenerate } from '../../src/commands/regenerate.ts';
import type { Answers } from '../../src/options/answers.ts';
import type { OptionName } from '../../src/options/option.ts';
import { renderProject } from '../../src/render/project.ts';
import { run } from '../support/run.ts';
import { type RunningServer, startServer } from '../support/server.ts';
import { startStores } from '../support/stores.ts';
import { labFolder, layOut, program } from './lab/lab.ts';
import { answersOf } from './variants.ts';

/** Makes a project in the lab. */
async function makeProject(name: string, answers: Partial<Answers>): Promise<string> {
  const folder = await labFolder(`regenerated/${name}`);
  await layOut(await renderProject(answersOf(answers)), folder);
  return folder;
}

/** Regenerates it, as the command does. */
async function renew(folder: string, answers: Partial<Answers>): Promise<void> {
  const given = Object.entries(answers).map(([name, value]) => {
    return [name as OptionName, { value, where: name }] as const;
  });
  const request = {
    cwd: folder,
    given: new Map(given),
    modules: [],
    onConflict: 'fail',
    dryRun: false,
    verify: false,
    install: false,
  } as const;
  const ignore = () => {};
  await regenerate(request, {
    env: process.env,
    signal: new AbortController().signal,
    output: 2,
    planned: ignore,
    renewed: ignore,
    warn: ignore,
    stepBegins: ignore,
    stepEnds: ignore,
  });
}

const edit = async (folder: string, path: string, from: string | RegExp, to: string) => {
  const text = await readFile(join(folder, path), 'utf8');
  expect(text).toMatch(from);
  await writeFile(join(folder, path), text.replace(from, to));
};

describe('the tables of a project that is regenerated', () => {
  const session = { auth: 'session', sessionStore: 'database' } as const;
  const memory = { auth: 'session', sessionStore: 'memory' } as const;
  const jwt = { auth: 'jwt' } as const;
  const both = { auth: 'both', sessionStore: 'database' } as const;
  const redis = { auth: 'session', sessionStore: 'redis' } as const;
  const postgres = { database: 'postgres' } as const;

  test.each<[name: string, from: Partial<Answers>, to: readonly Partial<Answers>[]]>([
    ['session-jwt-session', session, [jwt, session]],
    ['jwt-both', jwt, [both]],
    ['both-memory', both, [memory]],
    ['session-redis-session', session, [redis, session]],
    ['redis-jwt', redis, [jwt]],
    ['postgres-session-both-jwt', { ...postgres, ...session }, [both, jwt]],
    ['postgres-redis-both-redis', { ...postgres, ...redis }, [both, redis]],
  ])('are what its schema says, %s', async (name, from, to) => {
    const folder = await makeProject(`tables-${name}`, from);
    for (const answers of to) await renew(folder, answers);
    const { output } = await run(program('drizzle-kit'), ['generate'], folder);
    expect(output).toContain('No schema changes');
  });

  test('keep what somebody else migrated', async () => {
    const folder = await makeProject('tables-own', session);
    await edit(
      folder,
      'src/database/schema.ts',
      '    disabledAt: time("disabled_at"),\n',
      '    disabledAt: time("disabled_at"),\n    nick: text("nick"),\n',
    );
    await appendFile(
      join(folder, 'src/database/schema.ts'),
      '\nexport const more = sqliteTable("more", { id: text("id").primaryKey() });\n',
    );
    await run(program('drizzle-kit'), ['generate', '--name', 'mine'], folder);
    await renew(folder, both);
    const { output } = await run(program('drizzle-kit'), ['generate'], folder);
    expect(output).toContain('No schema changes');
    expect(await readFile(join(folder, 'migrations/0002_secure_express.sql'), 'utf8')).toContain(
      '`secret_hash`',
    );
    expect(await readFile(join(folder, 'migrations/0001_mine.sql'), 'utf8')).toContain('`nick`');
  });
});

const ACCOUNT = { email: 'ann@example.com', password: 'an owl and a fox' };

describe('a project with users', () => {
  test('that goes from sessions and bcrypt to both and argon2id keeps them, and passes its tests', async () => {
    const folder = await makeProject('users', { hash: 'bcrypt' });
    await edit(
      folder,
      'src/app.ts',
      /^ {2}\/\/ Your own routes go here.*$/m,
      '  app.get("/mine", (_req, res) => {\n    res.json({ mine: true });\n  });',
    );
    await build(folder);
    const before = await startServer(folder, 'development');
    expect(await call(before, 'POST', '/auth/register')).toMatchObject({ status: 201 });
    expect(await call(before, 'POST', '/auth/login')).toMatchObject({ status: 200 });
    expect(await before.stop()).toBe(0);
    expect(await storedHash(folder)).toMatch(/^\$2b\$/);

    await renew(folder, { auth: 'both', hash: 'argon2id' });
    const tests = await run('npm', ['test'], folder);
    expect(tests, tests.output).toMatchObject({ exitCode: 0 });
    await build(folder);
    const after = await startServer(folder, 'development');
    expect(await call(after, 'POST', '/auth/token')).toMatchObject({
      status: 200,
      json: { tokenType: 'Bearer' },
    });
    expect(await call(after, 'GET', '/mine')).toMatchObject({ json: { mine: true } });
    expect(await storedHash(folder)).toMatch(/^\$argon2id\$/);
    expect(await call(after, 'POST', '/auth/login')).toMatchObject({ status: 200 });
    expect(await after.stop()).toBe(0);
  });

  test('that goes from tokens to sessions keeps them, and ends the logins that nothing can use', async () => {
    const folder = await makeProject('exchanged', { auth: 'jwt' });
    await build(folder);
    const before = await startServer(folder, 'development');
    expect(await call(before, 'POST', '/auth/register')).toMatchObject({ status: 201 });
    expect(await call(before, 'POST', '/auth/login')).toMatchObject({ status: 200 });
    expect(await before.stop()).toBe(0);

    await renew(folder, { auth: 'session' });
    await build(folder);
    const after = await startServer(folder, 'development');
    const { status, cookie } = await call(after, 'POST', '/auth/login');
    expect(status).toBe(200);
    const { json } = await call(after, 'GET', '/auth/sessions', cookie);
    expect(json.sessions).toHaveLength(1);
    expect(await after.stop()).toBe(0);
  });

  test('that goes to Redis and back keeps them, and counts failures where it has a place for them', async () => {
    const folder = await makeProject('to-redis', {});
    await build(folder);
    const before = await startServer(folder, 'development');
    expect(await call(before, 'POST', '/auth/register')).toMatchObject({ status: 201 });
    expect(await call(before, 'POST', '/auth/login')).toMatchObject({ status: 200 });
    expect(await before.stop()).toBe(0);
    expect(await tables(folder)).toContain('limits');

    await renew(folder, { sessionStore: 'redis' });
    await build(folder);
    const stores = await startStores(folder, answersOf({ sessionStore: 'redis' }));
    const there = await startServer(folder, 'development', stores.settings);
    expect(await call(there, 'POST', '/auth/login')).toMatchObject({ status: 200 });
    expect(await there.stop()).toBe(0);
    await stores.stop();
    expect(await tables(folder)).not.toContain('limits');

    await renew(folder, { sessionStore: 'database' });
    await build(folder);
    const after = await startServer(folder, 'development');
    expect(await call(after, 'POST', '/auth/login')).toMatchObject({ status: 200 });
    expect(await after.stop()).toBe(0);
  });
});

async function build(folder: string): Promise<void> {
  const { exitCode, output } = await run('npm', ['run', 'build'], folder);
  expect(exitCode, output).toBe(0);
}

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what the server says is what is tried.
  readonly json: any;
  readonly cookie: string;
}

async function call(
  { origin }: RunningServer,
  method: string,
  path: string,
  cookie = '',
): Promise<Answer> {
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', Cookie: cookie },
    ...(method === 'POST' && { body: JSON.stringify(ACCOUNT) }),
  });
  const cookies = response.headers.getSetCookie().map((one) => one.split(';')[0]);
  return { status: response.status, json: await response.json(), cookie: cookies.join('; ') };
}

async function storedHash(folder: string): Promise<string> {
  return look(folder, "prepare('select password_hash from users').get().password_hash");
}

async function tables(folder: string): Promise<string> {
  return look(
    folder,
    "prepare('select group_concat(name) as names from sqlite_master').get().names",
  );
}

/** Looks into the database of a project. */
async function look(folder: string, query: string): Promise<string> {
  const script = `
    import Database from 'libsql';
    console.log(new Database('data/app.db').${query});
  `;
  const { exitCode, output } = await run('node', ['--input-type=module', '-e', script], folder);
  expect(exitCode, output).toBe(0);
  return output;
}
