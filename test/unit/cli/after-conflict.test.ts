import { expect, test } from 'vitest';
import { withCommands } from '../../../src/cli/after-conflict.ts';
import { readCommandLine } from '../../../src/cli/command-line.ts';
import { ConflictError } from '../../../src/errors.ts';

const CONFLICT = new ConflictError({ code: 'conflicts', message: 'They clash', where: 'a.ts' });

/** The commands that a person is offered after a conflict, without what all of them begin with. */
function offeredAfter(...args: readonly string[]): readonly string[] {
  const { mend = '' } = withCommands(CONFLICT, args, readCommandLine(args));
  return mend.split(/\n\s*/).map((line) => line.replace(/^.*create-secure-express@\S+ /, ''));
}

test.each([
  ['the command first', ['regenerate', '--cwd', 'api', '--auth', 'both']],
  ['the command last', ['--cwd', 'api', '--auth', 'both', 'regenerate']],
  ['a folder of the same name', ['--cwd', 'regenerate', '--verify', 'regenerate']],
])('with %s, what is offered is what can be run', (_, args) => {
  const [look = '', ...others] = offeredAfter(...args);
  const { command, cwd, given } = readCommandLine(look.split(' '));
  expect({ command: command.name, cwd, given }).toEqual({
    command: 'diff',
    cwd: readCommandLine(args).cwd,
    given: readCommandLine(args).given,
  });
  expect(others).toEqual(
    ['merge', 'keep', 'theirs'].map((choice) => [...args, '--on-conflict', choice].join(' ')),
  );
  for (const line of others) expect(() => readCommandLine(line.split(' '))).not.toThrow();
});

test('what was for one run only is left out', () => {
  const args = ['remove', '--on-conflict', 'fail', '--dry-run', '--json', '-y', '--cwd', 'api'];
  expect(offeredAfter(...args)).toEqual([
    'remove --cwd api --on-conflict keep',
    'remove --cwd api --on-conflict theirs',
  ]);
});

test('what is still imported is to be taken out, or goes all the same', () => {
  const error = new ConflictError({ code: 'still-imported', message: 'a.ts:2 still imports it' });
  const args = ['remove', 'auth', '--no-install', '--dry-run'];
  const { code, mend } = withCommands(error, args, readCommandLine(args));
  expect(code).toBe('still-imported');
  expect(mend).toMatch(
    /^Take those lines out, and run it again; or remove all the same:\n .* remove auth --no-install --on-conflict theirs$/,
  );
});

test('an undo leaves or brings back what was edited since: there is nothing to merge', () => {
  expect(offeredAfter('regenerate', '--undo', '--on-conflict', 'merge')).toEqual([
    'regenerate --undo --on-conflict keep',
    'regenerate --undo --on-conflict theirs',
  ]);
});

test('a plan with conflicts in it is to be made anew, since applying one takes no other flags', () => {
  const args = ['regenerate', '--apply', 'plan.json'];
  const { mend } = withCommands(CONFLICT, args, readCommandLine(args));
  expect(mend).toMatch(/^Make the plan anew with --plan and --on-conflict/);
});
