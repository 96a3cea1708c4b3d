// Loaded before the program (node --import): something happens to it at its nth step on the disk.
// FAULT=kill:12 ends it there as SIGKILL does; sigint:12 and sigterm:12 send the signal; ENOSPC:12 fails the step;
// vanish:12:src/app.ts takes that file away from under it.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [fault = '', at = '0', victim = ''] = (process.env.FAULT ?? '').split(':');
const { rmSync } = fs;
const STEPS = [
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
for (const name of STEPS) {
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
  if (fault === 'count') process._rawDebug(`STEPS ${steps}`);
});

function strike(name, path) {
  if (fault === 'count') return;
  if (fault === 'kill') process.kill(process.pid, 'SIGKILL');
  if (fault === 'sigint') process.kill(process.pid, 'SIGINT');
  if (fault === 'sigterm') process.kill(process.pid, 'SIGTERM');
  if (fault === 'vanish') rmSync(victim, { force: true });
  if (fault.startsWith('E')) {
    throw Object.assign(new Error(`${fault}: ${name} '${path}'`), { code: fault });
  }
}
