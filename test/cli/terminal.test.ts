import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listing, sandbox } from './support/program.ts';
import { noTerminal, openTerminal } from './support/terminal.ts';

const FILES_ONLY = ['--no-install', '--no-git'];

/** What a shell makes of a line without quotes. */
const words = (line: string): readonly string[] => line.split(' ');

describe.skipIf(noTerminal !== undefined)('in a terminal', () => {
  test('questions, a step back, the summary, and the project', async () => {
    const cwd = sandbox();
    const terminal = await openTerminal(cwd, FILES_ONLY);
    await terminal.see('What is the project called?');
    await terminal.type('shop');
    await terminal.press('Enter');
    await terminal.see('How does a client stay logged in?');
    await terminal.see('revocable at once');
    await terminal.press('Down');
    await terminal.see('a stolen access token works until it expires');
    await terminal.press('Enter');
    await terminal.see('How are tokens signed?');
    // Back twice, to the very first question, and forward again with another answer.
    await terminal.press('Escape');
    const once = await terminal.see(/^\? How does a client[\s\S]*❯ JWT/m);
    expect(once).not.toContain('How are tokens signed?');
    expect(once.match(/How does a client/g)).toHaveLength(1);
    await terminal.press('Escape');
    const twice = await terminal.see(/^\? What is the project called\? › shop/m);
    expect(twice).not.toContain('How does a client');
    await terminal.press('Escape');
    await terminal.see(
      /There is nothing before this[\s\S]*^\? What is the project called\? › shop/m,
    );
    await terminal.press('Enter');
    await terminal.see('How does a client');
    await terminal.press('Up', 'Enter');
    await terminal.see('Which database?');
    await terminal.see('one file, nothing to run');
    await terminal.see('many servers at once');
    await terminal.press('Enter');
    await terminal.see('Where are sessions kept?');
    await terminal.press('Enter');
    await terminal.see('How are passwords hashed?');
    await terminal.see('Argon2id (recommended)');
    await terminal.press('Enter');
    await terminal.see('Which other origins');
    await terminal.press('Enter');
    await terminal.see('Which security headers?');
    await terminal.press('Enter');
    const summary = await terminal.see('Is that right?');
    expect(summary).toMatch(/Name +shop\n +Login +Session cookie\n/);
    expect(summary).toMatch(/Packages by +npm\n +First commit +no\n +Install now +no\n/);
    // Each cost was read with its question.
    expect(summary).not.toContain('nothing to run');
    expect(listing(cwd)).toEqual([]);
    await terminal.press('Enter');
    expect(await terminal.exitCode()).toBe(0);
    expect(listing(cwd)).toContain('shop/package.json');
    await terminal.see(/npx create-secure-express@\S+ shop --no-git --no-install --yes/);
  });

  test('a change from the summary brings up the questions that it opens', async () => {
    const cwd = sandbox();
    const given = words('--hash bcrypt --database sqlite --cors none --helmet strict');
    const terminal = await openTerminal(cwd, ['my-api', ...given, ...FILES_ONLY]);
    await terminal.see('How does a client stay logged in?');
    await terminal.press('Enter');
    await terminal.see('Where are sessions kept?');
    await terminal.press('Enter');
    await terminal.see('Is that right?');
    await terminal.press('Down', 'Enter');
    await terminal.see('Which one?');
    await terminal.see(/^ {2}Test runner +Vitest$/m);
    await terminal.press('Down', 'Enter');
    const asked = await terminal.see(/^\? How does a client/m);
    expect(asked).not.toContain('This is what you get');
    await terminal.press('Down', 'Enter');
    await terminal.see('How are tokens signed?');
    await terminal.press('Down', 'Enter');
    await terminal.see('How does the refresh token travel?');
    await terminal.press('Enter');
    await terminal.see('When does a revoked login stop working?');
    await terminal.press('Enter');
    const summary = await terminal.see(
      /Login +JWT with[^\n]*\n[\s\S]*JWT algorithm +EdDSA[\s\S]*Is that right\?/,
    );
    expect(summary.match(/This is what you get/g)).toHaveLength(1);
    // What no question asks can be changed there, too.
    await terminal.press('Down', 'Enter');
    await terminal.see('Which one?');
    await terminal.press('Up', 'Up', 'Up', 'Up', 'Enter');
    await terminal.see('What runs the tests?');
    await terminal.press('Escape');
    await terminal.see(/Test runner +Vitest[\s\S]*Is that right\?/);
    await terminal.press('Down', 'Enter');
    await terminal.see('Which one?');
    await terminal.press('Up', 'Up', 'Up', 'Up', 'Enter');
    await terminal.see('What runs the tests?');
    await terminal.press('Down', 'Enter');
    await terminal.see(/Test runner +node:test[\s\S]*Is that right\?/);
    await terminal.press('Enter');
    expect(await terminal.exitCode()).toBe(0);
    await terminal.see(
      /my-api --auth jwt --jwt-alg EdDSA --hash bcrypt --test-runner node\s+--no-git/,
    );
  });

  test('origins are checked as they are typed, and a step back loses none', async () => {
    const cwd = sandbox();
    const given = words(
      '--auth session --session-store memory --hash scrypt --database sqlite --helmet web',
    );
    const terminal = await openTerminal(cwd, ['my-api', ...given, ...FILES_ONLY]);
    await terminal.see('Which other origins');
    await terminal.press('Down', 'Enter');
    await terminal.see('Which origins? ›');
    await terminal.see('with commas between them');
    await terminal.press('Enter');
    await terminal.see('✖ "" is no origin');
    await terminal.type('https://app.example.com/path');
    await terminal.press('Enter');
    await terminal.see(/Write https:\/\/app\.example\.com\n {2}\(no path/);
    // What is typed is there again after a step back.
    await terminal.press('Escape');
    await terminal.see(/❯ These…/);
    await terminal.press('Enter');
    await terminal.see('Which origins? › https://app.example.com/path');
    await terminal.press('Tab');
    for (const _ of 'path') await terminal.press('BSpace');
    await terminal.type(', https://*.example.org http://shop.example.net http://localhost:5173');
    await terminal.press('Enter');
    await terminal.see(/CORS origins +https:\/\/app\.example\.com, https:\/\/\*\.example\.org,/);
    await terminal.see('! http://shop.example.net is not https');
    await terminal.press('Enter');
    expect(await terminal.exitCode()).toBe(0);
  });

  test('custom headers: some left out, some set, with a step back inside', async () => {
    const cwd = sandbox();
    const given = words(
      '--auth session --session-store memory --hash scrypt --database sqlite --cors none',
    );
    const terminal = await openTerminal(cwd, [
      'my-api',
      '--helmet',
      'custom',
      ...given,
      ...FILES_ONLY,
    ]);
    await terminal.see('Which headers are sent?');
    // The last one out, and X-Frame-Options too.
    await terminal.press('Up', 'Space', 'Down', 'Down', 'Down', 'Space', 'Enter');
    await terminal.see('✔ Which headers are sent? › All but X-Frame-Options, Origin-Agent-Cluster');
    await terminal.see('? Content-Security-Policy');
    await terminal.press('Down', 'Enter');
    await terminal.see('max-age in seconds');
    await terminal.press('Escape');
    await terminal.see(/^\? Content-Security-Policy[\s\S]*❯ web/m);
    await terminal.press('Enter');
    await terminal.see(/✔ Content-Security-Policy › web\n[\s\S]*max-age in seconds › 63072000/);
    await terminal.type('1 year');
    await terminal.press('Enter');
    await terminal.see(
      /✖ "1 year" is no number of seconds\. Write a whole number such as 31536000/,
    );
    await terminal.press('C-u');
    const cleared = await terminal.see(/max-age in seconds › 63072000$/m);
    expect(cleared).not.toContain('✖');
    await terminal.type('1 year');
    await terminal.press('C-w', 'BSpace', 'DC', 'Home', 'DC', 'C-k', 'F1');
    await terminal.see(/max-age in seconds › 63072000$/m);
    await terminal.type('31536000');
    await terminal.press('Enter');
    await terminal.see('subdomains too?');
    await terminal.press('Enter');
    await terminal.see('preload?');
    await terminal.press('Down', 'Enter');
    for (const header of [
      'Referrer-Policy',
      'Opener-Policy',
      'Embedder-Policy',
      'Resource-Policy',
    ]) {
      await terminal.see(new RegExp(`\\? [\\w-]*${header}`));
      await terminal.press('Enter');
    }
    await terminal.see('? Permissions-Policy');
    await terminal.press('Enter');
    await terminal.see('Is that right?');
    await terminal.press('Enter');
    expect(await terminal.exitCode()).toBe(0);
    const screen = await terminal.see('All done in');
    expect(screen.replaceAll('\n', '')).toContain(
      "'content-security-policy=web,strict-transport-security=max-age=31536000; includeSubDomains; preload," +
        "x-frame-options=false,origin-agent-cluster=false'",
    );
  });

  test.each(['C-c', 'C-d'])(
    '%s leaves with 130 at any question, and writes nothing',
    async (key) => {
      const cwd = sandbox();
      for (const questions of [0, 1, 3]) {
        const terminal = await openTerminal(cwd, FILES_ONLY);
        const texts = ['called?', 'logged in?', 'Which database?', 'kept?'];
        for (const text of texts.slice(0, questions)) {
          await terminal.see(text);
          await terminal.press('Enter');
        }
        await terminal.see(texts[questions] ?? '');
        await terminal.press(key);
        expect(await terminal.exitCode()).toBe(130);
        await terminal.see('nothing was written');
        expect(listing(cwd)).toEqual([]);
      }
    },
  );

  test.each(['INT', 'TERM'])(
    'a SIG%s leaves with 130 too, and gives the cursor back',
    async (signal) => {
      const cwd = sandbox();
      const terminal = await openTerminal(cwd, ['my-api', ...FILES_ONLY]);
      await terminal.see('How does a client');
      await terminal.kill(signal);
      expect(await terminal.exitCode()).toBe(130);
      expect(listing(cwd)).toEqual([]);
      expect(await terminal.cursorIsShown()).toBe(true);
    },
  );

  test('Cancel at the summary leaves with 130', async () => {
    const cwd = sandbox();
    const given = words(
      '--session-store memory --hash scrypt --database sqlite --cors none --helmet web',
    );
    const terminal = await openTerminal(cwd, ['my-api', ...given]);
    await terminal.see('How does a client');
    // Tokens alone keep no session: with --session-store given, they are not offered.
    expect(await terminal.see('Both')).not.toContain('JWT with');
    await terminal.press('Enter');
    await terminal.see('Is that right?');
    await terminal.press('Up', 'Enter');
    expect(await terminal.exitCode()).toBe(130);
    expect(listing(cwd)).toEqual([]);
  });

  test('a target that is not empty is told before the first question', async () => {
    const cwd = sandbox();
    mkdirSync(join(cwd, 'my-api'));
    writeFileSync(join(cwd, 'my-api', 'index.js'), 'mine');
    const terminal = await openTerminal(cwd, ['my-api']);
    expect(await terminal.exitCode()).toBe(3);
    expect(await terminal.see('is not empty')).not.toContain('stay logged in');
    const asked = await openTerminal(cwd, []);
    await asked.see('called?');
    await asked.press('Enter');
    await asked.see('✖ "my-api" is not empty: it holds "index.js". Choose another directory');
    await asked.press('C-c');
    expect(await asked.exitCode()).toBe(130);
    expect(readFileSync(join(cwd, 'my-api', 'index.js'), 'utf8')).toBe('mine');
  });

  test('with every answer given, the summary still asks for consent', async () => {
    const cwd = sandbox();
    const given = ['--auth', 'jwt', '--jwt-alg', 'ES256', '--refresh', 'body'];
    const rest = ['--hash', 'scrypt', '--database', 'sqlite', '--cors', 'none'];
    const args = ['my-api', ...given, '--revocation', 'instant', ...rest, '--helmet', 'web'];
    const terminal = await openTerminal(cwd, [...args, ...FILES_ONLY]);
    await terminal.see('Is that right?');
    expect(listing(cwd)).toEqual([]);
    await terminal.press('C-c');
    expect(await terminal.exitCode()).toBe(130);
    expect(listing(cwd)).toEqual([]);
    const agreed = await openTerminal(cwd, [...args, ...FILES_ONLY]);
    await agreed.see('Is that right?');
    await agreed.press('Enter');
    expect(await agreed.exitCode()).toBe(0);
    expect(listing(cwd)).toContain('my-api/package.json');
    // What is only looked at needs no consent.
    const shown = await openTerminal(cwd, ['other', ...args.slice(1), '--dry-run']);
    expect(await shown.exitCode()).toBe(0);
    expect(await shown.see('Nothing was written')).not.toContain('Is that right?');
  });

  test('a narrow and low terminal breaks lines between words, and leaves nothing out', async () => {
    const cwd = sandbox();
    const size = { columns: 60, rows: 20 };
    const terminal = await openTerminal(cwd, FILES_ONLY, size);
    await terminal.see('called?');
    await terminal.type('My API');
    await terminal.press('Enter');
    await terminal.see(/✖ "My API" has upper-case letters, which npm refuses\. Try\n {2}my-api\./);
    for (const _ of 'My API') await terminal.press('BSpace');
    await terminal.type('api');
    await terminal.press('Enter');
    // No word is broken, and every cost can be read.
    await terminal.see(/^ {4}no lookup; .* until it expires\n {4}\(10 minutes\)\./m);
    await terminal.see(/^ {4}browsers get sessions/m);
    await terminal.press('Down', 'Down', 'Enter');
    for (const text of ['signed?', 'travel?', 'stop working?', 'Which database?', 'kept?']) {
      await terminal.see(text);
      await terminal.press('Enter');
    }
    await terminal.see(/^ {2}PBKDF2\n {4}for FIPS rules/m);
    await terminal.press('Escape');
    const back = await terminal.see(/^\? Where are sessions kept\?/m);
    expect(back).not.toContain('FIPS');
    expect(back).toMatch(/✔ Which database\? › SQLite, embedded\n\n/);
    await terminal.press('C-c');
    expect(await terminal.exitCode()).toBe(130);
  });

  test('a terminal that gets another size shows the open question in it, once', async () => {
    const cwd = sandbox();
    const terminal = await openTerminal(cwd, FILES_ONLY, { columns: 80, rows: 24 });
    await terminal.see('called?');
    await terminal.type('a-name-that-is-fairly-long');
    await terminal.resize(40, 24);
    const narrow = await terminal.see(/^ {2}› a-name-that-is-fairly-long$/m);
    expect(narrow.match(/called\?/g)).toHaveLength(1);
    await terminal.press('Enter');
    await terminal.see('How does a client');
    await terminal.resize(80, 24);
    const wide = await terminal.see(/^ {4}one lookup a request, [^\n]{40}/m);
    expect(wide.match(/How does a client/g)).toHaveLength(1);
    await terminal.press('C-c');
    expect(await terminal.exitCode()).toBe(130);
  });

  test('24 lines hold the summary and its question, whatever came as flags', async () => {
    const cwd = sandbox();
    const auth = ['--auth', 'both', '--jwt-alg', 'HS256', '--refresh', 'cookie'];
    const stores = ['--revocation', 'expiry', '--session-store', 'memory', '--database', 'sqlite'];
    const rest = ['--hash', 'scrypt', '--cors', 'none', '--helmet', 'custom'];
    const headers = 'x-frame-options=false,strict-transport-security=max-age=31536000';
    const args = ['api', ...auth, ...stores, ...rest, '--helmet-headers', headers];
    const size = { columns: 80, rows: 24 };
    const terminal = await openTerminal(cwd, args, size);
    const summary = await terminal.see('Cancel: nothing is written');
    expect(summary).toContain('This is what you get');
    await terminal.press('Down', 'Enter');
    await terminal.see(
      /Which one\?[\s\S]+^ {2}Custom headers {2}strict, but [^\n]+\n {18}X-Frame/m,
    );
    await terminal.press('C-c');
    expect(await terminal.exitCode()).toBe(130);
  });

  test('with --yes, nothing is asked', async () => {
    const cwd = sandbox();
    const terminal = await openTerminal(cwd, ['my-api', '--yes', ...FILES_ONLY]);
    expect(await terminal.exitCode()).toBe(0);
    expect(await terminal.see('Wrote')).not.toContain('Is that right?');
  });
});

test('a terminal is at hand', (context) => {
  if (noTerminal === undefined) return;
  console.warn(noTerminal);
  context.skip(noTerminal);
});
