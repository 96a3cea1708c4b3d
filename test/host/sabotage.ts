import { describe, expect, test } from 'vitest';
import { ATTACKS } from '../../src/attacks/attacks.ts';
import { isSlow } from '../attacks/lab/attack-project.ts';
import { change, type Mutation } from '../attacks/sabotage/mutation.ts';
import { attackHost, hasPlaceFor, prepareForAttacks } from './lab/attack-host.ts';
import { addTo } from './lab/in-host.ts';
import { layOutHost } from './lab/lab.ts';
import { FIXTURES, type HostFixture } from './lab/shapes.ts';

/**
 * Takes one defence after the other out of what was added to a host: the attack that it is a defence against must see
 * it there too. Only such defences as the host has: the others belong to other answers, or to whole projects.
 *
 * @param least so many of the mutations have to do with what was added
 */
export async function trySabotage(
  mutations: readonly Mutation[],
  purpose: string,
  least: number,
): Promise<void> {
  const folder = await layOutHost(SABOTAGED, `${purpose}-sabotaged`);
  const { modules = [], answers = {} } = SABOTAGED.adds ?? {};
  const changed = await addTo(folder, answers, { modules });
  const quick = ATTACKS.filter((attack) => !isSlow(attack)).map(({ id }) => id);
  const fitting = mutations.filter(
    ({ attack, edits, harmlessInHost }) =>
      harmlessInHost === undefined && quick.includes(attack) && hasPlaceFor(folder, changed, edits),
  );

  describe(`what was added to ${SABOTAGED.name}, with a defence taken out`, () => {
    test('there are enough of them', () => {
      expect(fitting.length).toBeGreaterThanOrEqual(least);
    });

    test.each(fitting)('$attack $name', async ({ attack, edits }) => {
      const takeBack = await prepareForAttacks(folder, changed, edits);
      const tried = ATTACKS.filter(({ id }) => id === attack);
      const results = await attackHost(folder, SABOTAGED, changed, tried);
      await takeBack();
      expect(results.map(({ outcome }) => outcome)).toMatchObject([{ status: 'unsafe' }]);
    });
  });
}

/** The defences that only hosts have. */
export const OF_HOSTS: readonly Mutation[] = [
  {
    attack: 55,
    name: 'what the own parser of the app cannot read is answered by the app',
    variant: 'session',
    edits: [change('src/index.ts', 'return [answer, answerUnreadable];', 'return [answer];')],
  },
];

/** JavaScript, so that nothing is built; with sessions and tokens, headers and origins. */
const SABOTAGED: HostFixture = find('js-commonjs-workspace');

function find(name: string): HostFixture {
  const fixture = FIXTURES.find((one) => one.name === name);
  if (!fixture) throw new Error(`there is no host ${name}`);
  return fixture;
}
