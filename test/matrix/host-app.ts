import { execa } from 'execa';
import type { HostShape } from '../../src/host/shape.ts';
import type { ProjectAnswers } from '../../src/options/answers.ts';
import { userEnvironment } from '../support/run.ts';

/** An app as others write them, with parsers and sessions of its own before the module, after it, or for text; a page for all else. */
export function hostApp(
  shape: HostShape,
  parts: ProjectAnswers['modules'],
): ReadonlyMap<string, string> {
  const { language, modules, importSuffix } = shape;
  const isTyped = language === 'typescript';
  const from = `./secure-auth/index${importSuffix}`;
  const main = parts ? appWithParts(from) : appWithAccounts(from);
  const compilerOptions = {
    target: 'es2022',
    module: 'nodenext',
    strict: true,
    declaration: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noImplicitOverride: true,
    noPropertyAccessFromIndexSignature: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noImplicitReturns: true,
    types: ['node'],
    skipLibCheck: true,
    rootDir: 'src',
    outDir: 'dist',
  };
  const text = modules === 'esm' || isTyped ? main : toRequire(main);
  return new Map([
    ['package.json', JSON.stringify({ type: modules === 'esm' ? 'module' : 'commonjs' })],
    [`src/main.${isTyped ? 'ts' : 'js'}`, text],
    ['tsconfig.json', JSON.stringify({ compilerOptions, include: ['src'] })],
  ]);
}

const appWithAccounts = (from: string): string => `import express from "express";
import session from "express-session";
import { closeAuth, getAuth, requireAuth, secureAuth } from "${from}";

for (const parsers of ["after", "before", "text"]) {
  const app = express();
  if (parsers === "before") {
    app.use(express.json(), express.urlencoded({ extended: true }));
    app.use(session({ secret: "of the app", resave: true, saveUninitialized: true }));
  }
  if (parsers === "text") app.use(express.text({ type: "*/*" }));
  app.use(secureAuth());
  app.use(express.json());
  app.post("/echo", (req, res) => { res.json(req.body); });
  app.get("/mine", requireAuth, (req, res) => { res.json({ userId: getAuth(req).userId }); });
  app.use((_req, res) => { res.send("<html>the app's page</html>"); });
  const server = app.listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (typeof address === "object") console.log(\`PORT \${parsers} \${address?.port}\`);
  });
  process.once("SIGTERM", () => server.close(() => void closeAuth()));
}
`;

/** Tells what its password was checked with, and what its own page was answered with to whom. */
const appWithParts = (from: string): string => `import express from "express";
import { createSecurePasswords, secureCors, secureHeaders } from "${from}";

const app = express();
app.use(secureHeaders());
app.use(secureCors());
app.use((_req, res) => { res.send("the app's page"); });
const server = app.listen(0, "127.0.0.1", async () => {
  const address = server.address();
  if (typeof address !== "object") return;
  const ask = async (origin = "") => fetch(\`http://127.0.0.1:\${address?.port}/\`, { headers: { Origin: origin } });
  const [friend, stranger] = await Promise.all([ask("https://app.example.com"), ask("https://evil.example")]);
  const passwords = await createSecurePasswords();
  const matches = await passwords.verify(await passwords.hash("a long walk"), "a long walk");
  let refusal = 0;
  try { passwords.check("password", "alice@example.net"); } catch (error) { refusal = Object(error).status; }
  const allowed = [friend, stranger].map(({ headers }) => headers.get("access-control-allow-origin"));
  console.log(matches, friend.headers.get("x-frame-options"), ...allowed, refusal, await friend.text());
  server.close();
});
`;

/** What starts it, once it is built. */
export const mainOf = ({ language }: HostShape): string =>
  language === 'typescript' ? 'dist/main.js' : 'src/main.js';

const toRequire = (text: string): string =>
  text.replace(/^import (.+) from (".+");$/gm, 'const $1 = require($2);');

/**
 * Runs the app as it would be at home, with its own parsers at each place, and uses it.
 *
 * @returns each thing that was not as it must be
 */
export async function tryHost(
  folder: string,
  answers: ProjectAnswers,
  shape: HostShape,
): Promise<readonly string[]> {
  const app = execa('node', [mainOf(shape)], {
    cwd: folder,
    env: { ...userEnvironment(), NODE_ENV: 'development' },
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
    // What hangs is ended, and fails by what it did not answer.
    timeout: 300_000,
  });
  const ports = await new Promise<ReadonlyMap<string, string>>((resolve) => {
    let output = '';
    app.stdout.on('data', (chunk) => {
      output += chunk;
      const found = [...output.matchAll(/PORT (\w+) (\d+)/g)].map(
        ([, parsers = '', port = '']) => [parsers, port] as const,
      );
      if (found.length === 3) resolve(new Map(found));
    });
    app.then(() => resolve(new Map()));
  });
  const faults: string[] = [];
  for (const [parsers, port] of ports) {
    const email = `${parsers}@example.net`;
    for (const fault of await use(`http://127.0.0.1:${port}`, email, answers)) {
      faults.push(`with parsers ${parsers}: ${fault}`);
    }
  }
  app.kill('SIGTERM');
  const { exitCode, all } = await app;
  // Ended by itself, once the database was closed.
  return exitCode === 0 && ports.size === 3 ? faults : [...faults, `${exitCode}: ${all}`];
}

/** Registers, signs in, and asks for what the app guards; then for what is the app's own. */
async function use(
  origin: string,
  email: string,
  { auth }: ProjectAnswers,
): Promise<readonly string[]> {
  const account = { email, password: 'a long walk on the pier' };
  const faults: string[] = [];
  const call = async (
    expected: string,
    request: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const [method = '', path = ''] = request.split(' ');
    const answer = await fetch(new URL(path, origin), {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!`${answer.status} ${text}`.startsWith(expected)) {
      faults.push(`${request}: ${answer.status} ${text} instead of ${expected}`);
    }
    const cookies = answer.headers.getSetCookie().map((text) => text.split(';', 1)[0] ?? '');
    const cookie = cookies.find((text) => text.startsWith('sid=')) ?? '';
    return { cookie, json: text.startsWith('{') ? JSON.parse(text) : {}, answer };
  };
  const type = { 'Content-Type': 'text/plain' };

  await call('201 {"user"', 'POST /auth/register', { body: account });
  await call('409 {"type"', 'POST /auth/register', { body: account });
  await call('400 {"type"', 'POST /auth/register');
  await call('415 {"type"', 'POST /auth/register', { body: account, headers: type });
  await call('401 {"type"', 'POST /auth/login', { body: { ...account, password: 'no' } });
  await call('401 {"type"', 'GET /auth/me');
  await call('405 {"type"', 'GET /auth/login');

  const { cookie, json } = await call('200 {"user"', 'POST /auth/login', { body: account });
  const headers: Record<string, string> =
    auth === 'jwt' ? { Authorization: `Bearer ${json.accessToken}` } : { Cookie: cookie };
  await call('200 {"user"', 'GET /auth/me', { headers });
  await call('200 {"userId"', 'GET /mine', { headers });
  await call('200 {"sessions"', 'GET /auth/sessions', { headers });
  await call('404 {"type"', 'DELETE /auth/sessions/none', { headers });
  const { answer } = await call('401 {"type"', 'GET /mine');
  if (!answer.headers.has('WWW-Authenticate')) faults.push('GET /mine: no challenge');
  await call('204', 'POST /auth/logout-all', { headers });
  if (auth !== 'jwt') await call('401 {"type"', 'GET /mine', { headers });

  await call('200 <html>', 'GET /');
  await call('200 <html>', 'GET /auth/google');
  await call('200 <html>', 'POST /auth', { body: { a: 1 } });
  await call('200', 'POST /echo', { body: { a: 1 } });
  return faults;
}
