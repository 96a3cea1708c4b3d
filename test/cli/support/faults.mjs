// Loaded before the program (node --import): something happens to it at its nth step on the disk.
// FAULT=kill:12 ends it there as SIGKILL does; sigint:12 and sigterm:12 send the signal; ENOSPC:12 fails the step;
// vanish:12:src/app.ts takes that file away from under it; gone:12:src takes a folder away before it looks at the disk
// for the 12th time.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [fault = '', at = '0', victim = ''] = (process.env.FAULT ?? '').split(':');
const { rmSync } = fs;
const LOOKS = ['readFileSync', 'readdirSync', 'lstatSync', 'statSync'];
const CHANGES = [
  'mkdirSync',
  'writeFileSync',
  'renameSync',
  'linkSync',
  'unlinkSync',
  'copyFileSync',
  'rmSync',
  'rmdirSync',
];

let steps = 0;
for (const name of fault.startsWith('gone') ? LOOKS : CHANGES) {
  const real = fs[name];
  fs[name] = (...args) => {
    steps++;
    if (steps === Number(at)) strike(name, args[0]);
    return real(...args);
  };
}
syncBuiltinESMExports();
process.on('exit', () => {
  // Tells the test how many moments there are.
  if (victim === 'count') process._rawDebug(`STEPS ${steps}`);
});

function strike(name, path) {
  if (victim === 'count') return;
  if (fault === 'kill') process.kill(process.pid, 'SIGKILL');
  if (fault === 'sigint') process.kill(process.pid, 'SIGINT');
  if (fault === 'sigterm') process.kill(process.pid, 'SIGTERM');
  if (fault === 'vanish' || fault === 'gone') rmSync(victim, { force: true, recursive: true });
  if (fault.startsWith('E')) {
    throw Object.assign(new Error(`${fault}: ${name} '${path}'`), { code: fault });
  }
}
