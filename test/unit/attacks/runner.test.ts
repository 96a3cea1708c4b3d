import { expect, test } from 'vitest';
import type { Attack } from '../../../src/attacks/attack.ts';
import { reportForPeople } from '../../../src/attacks/report.ts';
import { runAttacks } from '../../../src/attacks/runner.ts';
import { answersOf } from '../../matrix/variants.ts';

const attack = (id: number, more: Partial<Attack> = {}): Attack => ({
  id,
  title: `attack on ${id}`,
  requirement: 'a test',
  applies: () => true,
  disturbs: false,
  run: async () => {},
  ...more,
});

test('who listens hears of each attack that is tried, and of how many there are', async () => {
  const heard: string[] = [];
  await runAttacks(
    [
      attack(1, { alone: true }),
      attack(7, { undisturbed: true }),
      attack(2),
      attack(3, { applies: () => false }),
      attack(4, { disturbs: true }),
      attack(5, { needs: ['start'] }),
      attack(6),
    ],
    {
      answers: answersOf({}),
      target: { url: new URL('http://localhost:1') },
      disturb: false,
      begins: (title, number, all) => heard.push(`${number} of ${all}: ${title}`),
    },
  );
  expect(heard).toEqual([
    '1 of 4: attack on 2',
    '2 of 4: attack on 6',
    '3 of 4: attack on 1',
    '4 of 4: attack on 7',
  ]);
});

test('of an attack that may not be tried, or lacks what it needs, the part of a visitor is, and said to be a part', async () => {
  const done: string[] = [];
  const both = (id: number, more: Partial<Attack>) =>
    attack(id, {
      visit: async ({ evidence }) => {
        evidence.controlThat('it is there', true);
        done.push(`visit ${id}`);
      },
      run: async () => {
        done.push(`run ${id}`);
      },
      ...more,
    });
  const attacks = [
    both(1, {}),
    both(2, { disturbs: true }),
    both(3, { needs: ['start'] }),
    both(4, { applies: () => false }),
  ];
  const heard: string[] = [];
  const results = await runAttacks(attacks, {
    answers: answersOf({}),
    target: { url: new URL('http://localhost:1') },
    disturb: false,
    begins: (_title, number, all) => heard.push(`${number} of ${all}`),
  });
  expect(done.sort()).toEqual(['run 1', 'visit 1', 'visit 2', 'visit 3']);
  expect(heard).toEqual(['1 of 3', '2 of 3', '3 of 3']);
  expect(results.map(({ outcome }) => outcome)).toEqual([
    { status: 'safe' },
    { status: 'safe in part', why: expect.stringContaining('--disturb') },
    { status: 'safe in part', why: expect.stringContaining('needs a way to start servers') },
    { status: 'not applicable' },
  ]);
  expect(reportForPeople(new URL('http://localhost:1'), results)).toMatch(
    /part +2 .*\n +only what leaves no trace; the rest makes accounts[\s\S]*1 safe, 2 safe in part, 0 unsafe/,
  );
});

test('what uses up an address comes last of all, and by itself, where there is no other address', async () => {
  const open = new Set<number>();
  const order: number[] = [];
  const slow = (id: number, more: Partial<Attack> = {}) =>
    attack(id, {
      run: async () => {
        order.push(id);
        open.add(id);
        await new Promise((resolve) => setTimeout(resolve, 20));
        if (more.exhausts) expect([...open]).toEqual([id]);
        open.delete(id);
      },
      ...more,
    });
  const url = new URL('http://[::1]:1');
  const results = await runAttacks(
    [slow(1, { exhausts: true }), slow(2, { alone: true }), slow(3)],
    {
      answers: answersOf({}),
      target: { url },
      disturb: true,
    },
  );
  expect(order).toEqual([3, 2, 1]);
  // None of them has a control.
  expect(results.map(({ outcome }) => outcome)).toEqual(
    Array.from({ length: 3 }, () => ({
      status: 'not tried',
      why: 'ControlFailed: it has no control',
      broken: true,
    })),
  );
});

test('how much was looked at, and the first answer that was right, are in the result', async () => {
  const seen = { sent: 'GET /', got: '401', expected: '401' };
  const [result] = await runAttacks(
    [
      attack(1, {
        run: async ({ evidence }) => {
          evidence.controlThat('it is there', true);
          evidence.expectThat('the first', false, { ...seen, got: '200' });
          evidence.expectThat('the second', true, seen);
          evidence.expectThat('the third', true, seen);
        },
      }),
    ],
    { answers: answersOf({}), target: { url: new URL('http://localhost:1') }, disturb: false },
  );
  expect(result).toMatchObject({ looks: 3, sample: { what: 'the second', ...seen } });
});

test('one that waits begins first and keeps none of the others waiting, and one that compares comes when all is done', async () => {
  const order: string[] = [];
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const noting = (note: string) => async () => {
    order.push(note);
  };
  const waiter = attack(3, {
    waits: 1,
    alone: true,
    run: async () => {
      order.push('waits');
      await released;
      order.push('has waited');
    },
  });
  const last = attack(1, {
    alone: true,
    run: async () => {
      order.push('alone');
      release();
    },
  });
  const comparer = attack(4, { undisturbed: true, run: noting('compares') });
  const crowd = attack(2, { run: noting('one of many') });
  const results = await runAttacks([comparer, last, crowd, waiter], {
    answers: answersOf({}),
    target: { url: new URL('http://localhost:1') },
    disturb: false,
  });
  expect(order).toEqual(['waits', 'one of many', 'alone', 'has waited', 'compares']);
  expect(results.map(({ attack: { id } }) => id)).toEqual([1, 2, 3, 4]);
});
