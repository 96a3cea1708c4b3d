import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { pack, root } from './packed.ts';

/**
 * `npm run record` types an interactive run of the packed program into a real terminal (tmux) and writes what a person
 * sees to docs/interactive-run.txt: the questions with a step back, the summary, the installation, and a user who
 * registers and signs in. npm starts with an empty cache, as on a machine that has never seen the program.
 */

const PATIENCE = 240_000;
const folder = mkdtempSync(join(tmpdir(), 'recording-'));
const socket = join(folder, 'tmux');
const scenes: string[] = [];

try {
  const tarball = await pack(folder);
  await openTerminal(tarball);

  await type('npx create-secure-express', 'What is the project called?');
  scene('A name is offered.', await screen());
  await press(['Enter'], 'How does a client stay logged in?');
  await press(['Down'], 'a stolen access token works until it expires');
  scene('JWT looks good, and is chosen ...', await screen());
  await press(['Enter'], 'How are tokens signed?');
  scene('... until the next question makes one think.', await screen());
  await press(['Escape'], 'How does a client stay logged in?');
  scene('Esc goes back a question, and leaves no trace of it.', await screen());
  await press(['Up', 'Enter'], 'Which database?');
  await press(['Enter'], 'Where are sessions kept?');
  await press(['Enter'], 'How are passwords hashed?');
  await press(['Enter'], 'Which other origins may call it from a browser?');
  await press(['Enter'], 'Which security headers?');
  await press(['Enter'], 'Create it');
  scene('Sessions then; the rest as it is offered. Before anything is written:', await screen());
  await press(['Enter'], '\\nNext\\n');
  await until('\\$$');
  scene('Enter creates it, installs it and makes the first commit.', await screen());

  await type(
    'cd my-api && (npm run dev > server.log 2>&1 &); until curl -sf localhost:3000/readyz > ready; do sleep 1; done',
    '\\$$',
  );
  const account = `-H 'Content-Type: application/json' -d '{"email":"alice@example.org","password":"a long walk on the pier"}'`;
  await type(`curl -s localhost:3000/auth/register ${account}; echo`, '"createdAt".*\\n');
  await type(`curl -s -c jar localhost:3000/auth/login ${account}; echo`, '"createdAt".*\\n');
  await type('curl -s -b jar localhost:3000/auth/me; echo', '(?:"createdAt"[\\s\\S]*){3}\\n\\$$');
  scene(
    'The project runs; a user registers, signs in, and is known by the cookie.',
    await screen(),
  );

  mkdirSync(join(root, 'docs'), { recursive: true });
  writeFileSync(join(root, 'docs/interactive-run.txt'), `${scenes.join('\n\n')}\n`);
} finally {
  await tmux('kill-server').catch(() => {});
  await execa('pkill', ['-f', join(folder, 'work')], { reject: false });
  rmSync(folder, { recursive: true, force: true });
}

/** A shell in an empty folder, with an empty home, in which `npx create-secure-express` means the packed program. */
async function openTerminal(tarball: string): Promise<void> {
  const work = join(folder, 'work');
  const home = join(folder, 'home');
  mkdirSync(work);
  mkdirSync(home);
  writeFileSync(join(home, '.gitconfig'), '[user]\n  name = Alice\n  email = alice@example.org\n');
  writeFileSync(
    join(home, 'profile'),
    `PS1='$ '\nnpx() { shift; command npx --yes --package=${tarball} create-secure-express "$@"; }\nclear\n`,
  );
  await tmux(
    'new-session',
    '-d',
    '-s',
    'recording',
    '-x',
    '110',
    '-y',
    '48',
    '-c',
    work,
    [
      // Nothing of this machine's settings.
      `env -i HOME=${home} PATH=${process.env.PATH} TERM=screen-256color LANG=C.UTF-8`,
      `bash --noprofile --rcfile ${join(home, 'profile')}`,
    ].join(' '),
  );
  await until('\\$$');
}

/** Types a line and waits until the screen shows what it leads to. */
async function type(line: string, outcome: string): Promise<void> {
  await tmux('send-keys', '-t', 'recording', '-l', line);
  await press(['Enter'], outcome);
}

async function press(keys: readonly string[], outcome: string): Promise<void> {
  for (const key of keys) {
    await tmux('send-keys', '-t', 'recording', key);
    // prompts reads an escape sequence by its timing.
    await sleep(300);
  }
  await until(outcome);
}

/** Waits until the screen shows a pattern. */
async function until(pattern: string): Promise<void> {
  const expected = new RegExp(pattern);
  for (const started = Date.now(); Date.now() - started < PATIENCE; await sleep(200)) {
    if (expected.test(await screen())) return;
  }
  throw new Error(`the terminal never showed ${pattern}:\n${await screen()}`);
}

async function screen(): Promise<string> {
  const { stdout } = await tmux('capture-pane', '-p', '-t', 'recording');
  return stdout.trimEnd();
}

function scene(caption: string, text: string): void {
  const rule = '='.repeat(110);
  scenes.push(`${rule}\n${caption}\n${rule}\n${text.replaceAll(folder, '~')}`);
}

function tmux(...args: string[]) {
  return execa('tmux', ['-S', socket, '-f', '/dev/null', ...args]);
}
