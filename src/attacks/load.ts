import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, type Api, always, newEmail, PASSWORD } from './api.ts';
import type { Attack, Scene } from './attack.ts';
import { attempt, type Exchange, openSocket, quickest, StartingLine } from './client.ts';

/** Attacks by how much is sent, and how slowly. */
export const loadAttacks: readonly Attack[] = [
  {
    id: 59,
    applies: always,
    disturbs: true,
    title: '200 slow connections',
    requirement: 'ASVS v5.0.0-15.2.2',
    part: 'server',
    waits: 40,
    async run({ api, evidence, target }) {
      const account = await api.register();
      evidence.control('signing in', await api.trySignIn(account), 200);
      // Where all attacks share one address, others may have used up its tries meanwhile.
      const served = api.address === undefined ? [200, 429] : [200];
      const began = performance.now();
      const passed = () => (performance.now() - began) / 1000;
      const slow = SLOW.flatMap((kind) => Array.from({ length: 100 }, () => kind)).map((kind) => {
        const one = { ...kind, socket: openSocket(target.url), closed: 1 / 0 };
        one.socket.on('error', () => {});
        one.socket.once('close', () => {
          one.closed = passed();
        });
        // Only who reads learns that the other side has closed.
        one.socket.resume();
        one.socket.write(one.head);
        return one;
      });
      const open = () => slow.filter(({ closed }) => closed === 1 / 0);
      try {
        while (open().length > 0 && passed() < LONGEST) {
          await sleep(1000);
          for (const { socket, drip } of open()) socket.write(drip);
          const good = await attempt(() => quickest(2000, () => api.trySignIn(account)));
          evidence.expectThat(
            'somebody else signs in',
            good !== undefined && served.includes(good.status) && good.milliseconds < 2000,
            {
              sent: 'a sign-in beside 200 slow connections',
              got: `${good?.status} after ${good?.milliseconds} ms`,
              expected: `${served} in under 2 seconds`,
            },
          );
        }
        for (const { what, within } of SLOW) {
          const longest = Math.max(
            ...slow.filter((one) => one.what === what).map((one) => one.closed),
          );
          const got = `all closed after ${longest.toFixed(1)} s`;
          const sent = `slow ${what}`;
          evidence.note(`${sent}: ${got}`);
          evidence.expectThat(`${sent} end the connection`, longest <= within, {
            sent,
            got,
            expected: `within ${within} s`,
          });
        }
      } finally {
        for (const { socket } of slow) socket.destroy();
      }
    },
  },
  {
    id: 60,
    applies: always,
    disturbs: true,
    title: '100 sign-ins at once',
    requirement: 'ASVS v5.0.0-15.2.2',
    needs: ['start', 'addresses'],
    alone: true,
    async run(scene) {
      const { evidence } = scene;
      const api = await scene.start({}, 'measurable');
      const account = await api.register();
      evidence.control('signing in', await api.trySignIn(account), 200);
      // What the same crowd costs others where passwords cost next to nothing: how busy the machine is.
      const { wait: least } = await floodFromEverywhere(scene, scene.api);
      const most = least + QUICK;
      // What is slow once may be the machine again.
      let flood = await floodFromEverywhere(scene, api);
      for (let again = 0; again < 2 && (flood.wait >= most || flood.told === 0); again += 1)
        flood = await floodFromEverywhere(scene, api);
      const { wait, told, figures } = flood;
      evidence.note(`${figures}, ${least.toFixed(0)} where passwords cost nothing`);
      evidence.expectThat('what is too much is turned away', told > 0, {
        sent: SENT,
        got: figures,
        expected: '429 or 503 for some',
      });
      evidence.expectThat('other routes stay quick', wait < most, {
        sent: SENT,
        got: figures,
        expected: `under ${most.toFixed(0)} ms`,
      });
      evidence.control('signing in afterwards', await api.trySignIn(account), 200);
      await floodFromOneAddress(scene, api, account);
    },
  },
];

const SLOW_HEAD = 'POST /auth/login HTTP/1.1\r\nHost: slow\r\nContent-Type: application/json\r\n';
/**
 * What comes slowly, and the seconds in which the server must have closed the connection: 15 for headers and 30 for a
 * whole request, another 5 as it looks only so often, and 5 for a busy machine.
 */
const SLOW = [
  { what: 'headers', head: SLOW_HEAD, drip: 'X-a: b\r\n', within: 25 },
  { what: 'bodies', head: `${SLOW_HEAD}Content-Length: 1000\r\n\r\n`, drip: ' ', within: 40 },
] as const;
/** Nobody is waited for any longer (seconds). */
const LONGEST = 42;

/** More than any server of ours lets wait: three at work and 16 for each of them. */
const CROWD = 100;
const SENT = `${CROWD} sign-ins at once`;
/** In milliseconds, beside what the machine needs; who checks the passwords of a crowd on the event loop answers nobody for two seconds. */
const QUICK = 500;

/**
 * A crowd signs in at once, each from an address of its own, while somebody asks for something else again and again,
 * whether or not the last answer has come.
 *
 * @returns how long 19 of 20 of those others waited at most, in milliseconds, and how many of the crowd were turned away
 */
async function floodFromEverywhere({ evidence, anotherAddress }: Scene, api: Api) {
  const path = api.signInPath(api.kinds[0] ?? 'session');
  const line = new StartingLine(CROWD + 1);
  let done = false;
  const burst = Promise.all(
    Array.from({ length: CROWD }, () => {
      const json = { email: newEmail(), password: PASSWORD };
      return attempt(() => api.from(anotherAddress()).sendOnce('POST', path, { json, line }));
    }),
  ).finally(() => {
    done = true;
  });
  await Promise.race([line.wait(), burst]);
  const visits: Promise<Exchange | undefined>[] = [];
  while (!done) {
    visits.push(attempt(() => api.sendOnce('GET', api.visited)));
    await sleep(25);
  }
  const visited = await Promise.all(visits);
  const answers = await burst;
  const onlyThese = (what: string, all: typeof answers, ...expected: number[]) => {
    const got = [...new Set(all.map((answer) => answer?.status ?? 0))];
    const holds = got.every((status) => expected.includes(status));
    evidence.expectThat(what, holds, { sent: SENT, got: `${got}`, expected: `${expected}` });
  };
  onlyThese('another route answers', visited, api.welcome);
  onlyThese('none hangs or breaks', answers, 401, 429, 503);
  const told = answers.flatMap((one) => (one?.status === 503 || one?.status === 429 ? one : []));
  for (const answer of told)
    evidence.expect('who is turned away knows when to come back', answer, ({ headers }) =>
      /^[1-9]\d*$/.test(headers['retry-after'] ?? ''),
    );
  const waits = visited
    .map((answer) => answer?.milliseconds ?? 0)
    .sort((one, other) => one - other);
  const wait = waits[Math.floor(waits.length * 0.95)] ?? 0;
  const figures = `${told.length} of ${CROWD} turned away; another route took ${wait.toFixed(0)} ms meanwhile (19 of 20 of ${waits.length})`;
  return { wait, told: told.length, figures };
}

/** One client signs in as fast as it can; another signs in meanwhile, and must not be turned away. */
async function floodFromOneAddress(scene: Scene, api: Api, account: Account): Promise<void> {
  const flooder = api.from(scene.anotherAddress());
  let done = false;
  let turnedAway = 0;
  const path = api.signInPath(api.kinds[0] ?? 'session');
  // Several, since the tries that are under way count for each account, too.
  const owns: Account[] = [];
  while (owns.length < 8) owns.push(await flooder.register());
  const flood = Array.from({ length: 60 }, async (_, index) => {
    const own = owns[index % owns.length] as Account;
    const json = { email: own.email, password: own.password };
    while (!done) {
      const answer = await attempt(() => flooder.sendOnce('POST', path, { json }));
      if (answer?.status !== 200) turnedAway += 1;
    }
  });
  const { email, password } = account;
  const patience = performance.now() + FLOOD_PATIENCE;
  try {
    while (turnedAway === 0 && performance.now() < patience) await sleep(10);
    scene.evidence.controlThat('the flood is more than one client gets', turnedAway > 0);
    for (let time = 1; time <= 5; time += 1) {
      // As many as the smallest server has places for beside those of the flood.
      const answers = Array.from({ length: 8 }, () =>
        api.from(scene.anotherAddress()).sendOnce('POST', path, { json: { email, password } }),
      );
      for (const answer of await Promise.all(answers))
        scene.evidence.expect('signing in beside a flood from another address', answer, [200]);
    }
  } finally {
    done = true;
    await Promise.all(flood);
  }
}

/** A server that turns nobody away in this time never will (milliseconds). */
const FLOOD_PATIENCE = 10_000;
