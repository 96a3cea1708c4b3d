import { describe, expect, test } from 'vitest';
import { renderProject } from '../../../src/render/project.ts';
import { countRequirements } from '../../../src/render/requirements.ts';
import { answersOf, HELMETS } from '../../matrix/variants.ts';

const row = (...requirements: string[]) => `| a control | ${requirements.join('; ')} | a test |`;
const page = (done: string[], open: string[] = []) =>
  ['# Security', ...done, '', '## What is left to do', '', ...open, ''].join('\n');

describe('the count of requirements', () => {
  test.each([
    ['each of them once', page([row('v5.0.0-6.2.1, 6.2.5'), row('v5.0.0-6.2.5')]), 2, 2],
    ['what is open as not met', page([row('v5.0.0-6.2.1')], [row('v5.0.0-12.2.1, 12.2.2')]), 1, 3],
    [
      'what is met in part as not met',
      page([row('v5.0.0-6.3.8, in part'), row('v5.0.0-6.2.1')], [row('v5.0.0-6.3.8')]),
      1,
      2,
    ],
    [
      'no other standard',
      page([row('v5.0.0-6.2.9', 'NIST SP 800-63B-4 3.1.1.2'), row('RFC 8725 3.1, 3.10')]),
      1,
      1,
    ],
    ['tables only', page([row('v5.0.0-6.2.1'), 'See v5.0.0-6.2.2.']), 1, 1],
    ['nothing in an empty page', page([]), 0, 0],
  ])('counts %s', (_what, text, met, named) => {
    expect(countRequirements(text)).toEqual({ met, named });
  });
});

const variants = {
  session: answersOf({}),
  'every header left out': answersOf(HELMETS.bare ?? {}),
  'revocation by expiry': answersOf({ auth: 'jwt' }),
  'everything at once': answersOf({
    auth: 'both',
    refreshTransport: 'body',
    database: 'postgres',
    sessionStore: 'redis',
    corsOrigins: ['https://app.example.com'],
  }),
};

describe.each(Object.entries(variants))('the SECURITY.md of a project: %s', (_name, answers) => {
  const read = async () => String((await renderProject(answers)).get('SECURITY.md')?.content);

  test('says as many as it lists, and lists no row without a test', async () => {
    const text = await read();
    const [done = '', open = ''] = text.split('## What is left to do\n');
    const requirementsIn = (part: string): Set<string> =>
      new Set(
        rowsOf(part).flatMap((cells) =>
          cells
            .flatMap((cell) => cell.split(';'))
            .filter((source) => source.includes('v5.0.0-'))
            .flatMap((source) => source.match(/\d+\.\d+\.\d+(?!\d|-)/g) ?? []),
        ),
      );
    const left = requirementsIn(open);
    const met = [...requirementsIn(done)].filter((requirement) => !left.has(requirement));
    expect(met.length).toBeGreaterThan(40);
    expect(left.size).toBeGreaterThan(15);
    expect(text).toContain(
      `**${met.length} of the ${met.length + left.size} that this page names are met**`,
    );
    expect(rowsOf(done).filter((cells) => !cells.at(-1)?.includes('`test/'))).toEqual([]);
  });
});

/** The cells of every row below a table's head. */
function rowsOf(part: string): readonly string[][] {
  return [...part.matchAll(/^\|[-|]+\|\n((?:\|.*\n)+)/gm)].flatMap(([, rows = '']) =>
    rows
      .trim()
      .split('\n')
      .map((line) => line.split('|').slice(1, -1)),
  );
}
