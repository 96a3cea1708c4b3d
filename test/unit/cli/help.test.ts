import { expect, test } from 'vitest';
import { makePalette } from '../../../src/cli/colour.ts';
import { commands, createCommand } from '../../../src/cli/commands.ts';
import { answerFlags, controlFlags } from '../../../src/cli/flags.ts';
import { helpText, optionsText } from '../../../src/cli/help.ts';

test.each([createCommand, ...commands])(
  'the help of $name names every flag it takes',
  (command) => {
    const offered = [...answerFlags, ...controlFlags].filter(
      ({ commands: known, hiddenFrom = [] }) =>
        known.includes(command.name) && !hiddenFrom.includes(command.name),
    );
    const help = helpText(command, makePalette(false));
    const named = [...help.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(offered.map(({ name }) => name).sort());
  },
);

test('a package manager is by default the one that runs this in a new project only', () => {
  const usual = (command: (typeof commands)[number]) =>
    /--package-manager .*; by default (.*)/.exec(helpText(command, makePalette(false)))?.[1];
  expect(usual(createCommand)).toBe('the one that runs this');
  const others = commands.filter(({ name }) => name === 'regenerate' || name === 'diff');
  expect(others.map(usual)).toEqual(['as recorded', 'as recorded']);
});

test('a flag says what it does in this command, where that is something else', () => {
  const helpOf = (wanted: string) => {
    const command = commands.find(({ name }) => name === wanted) ?? expect.fail(wanted);
    return helpText(command, makePalette(false));
  };
  expect(helpOf('remove')).toMatch(/--on-conflict fail\|keep\|theirs +files that you edited:/);
  expect(helpOf('regenerate')).toMatch(
    /--on-conflict fail\|merge\|keep\|theirs +edits that clash:/,
  );
  expect(helpOf('regenerate')).toMatch(/--yes +ask nothing$/m);
  expect(helpOf('add')).toMatch(/--yes +ask nothing, and take the defaults for the rest$/m);
});

test('what a header can be set to is told, also where that is no list', () => {
  const text = optionsText(makePalette(false));
  expect(text).toMatch(/strict-transport-security +max-age=\d.* \(default\) \| max-age=SECONDS/);
  expect(text).toMatch(/permissions-policy .* \| another line of text \| false$/m);
});
