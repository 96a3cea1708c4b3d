import { MOST_FAILURES } from './accounts.ts';
import { type Account, type Api, always, newEmail } from './api.ts';
import type { Attack } from './attack.ts';
import type { Exchange } from './client.ts';

const WRONG = 'Wrong, but 21 letters';
const TRIALS = 60;
/** Fewer than lock an account. */
const TRIES_EACH = 5;

/** Attacks that want to know who has an account. */
export const enumerationAttacks: readonly Attack[] = [
  {
    id: 53,
    applies: always,
    disturbs: true,
    title: 'telling unknown, wrong, disabled and locked apart by the answer',
    requirement: 'ASVS v5.0.0-6.3.8',
    async run(scene) {
      const { api, evidence, target } = scene;
      const [known, closed] = [await api.register(), await api.register()];
      for (const kind of api.kinds) {
        evidence.control('signing in', await api.trySignIn(known, kind), 200);
        const wrong = await api.trySignIn({ ...known, password: WRONG }, kind);
        const unknown = await api.trySignIn({ email: newEmail(), password: WRONG }, kind);
        evidence.expect('a wrong password', wrong, [401]);
        evidence.expect('an unknown email', unknown, (one) => alike(one, wrong), shown(wrong));
        for (const email of ['', 'x', 'no email', "a' OR 1=1 --", 'a@b\0.example']) {
          const odd = await api.trySignIn({ email, password: WRONG }, kind);
          evidence.expect('an odd email', odd, (one) => alike(one, wrong), shown(wrong));
        }
      }
      const [one, other] = [scene.anotherAddress(), scene.anotherAddress()];
      if (one && other) {
        const { email } = await api.register();
        const locks = [
          await countToLock(api.from(one), email),
          await countToLock(api.from(other), newEmail()),
        ];
        evidence.expectThat('both lock at the same count', locks[0] === locks[1], {
          sent: 'failures on a known and an unknown email',
          got: locks.join(' and '),
          expected: 'the same count',
        });
      } else {
        evidence.note('the count to a lock: needs several client addresses');
      }

      if (!target.disable) return evidence.note('closed accounts: needs a way to close one');
      evidence.control('signing in', await api.trySignIn(closed), 200);
      await target.disable(closed.email);
      const wrong = await api.trySignIn({ email: newEmail(), password: WRONG });
      for (const password of [closed.password, WRONG]) {
        const answer = await api.trySignIn({ ...closed, password });
        evidence.expect('a closed account', answer, (one) => alike(one, wrong), shown(wrong));
      }
    },
  },
  {
    id: 54,
    applies: always,
    disturbs: true,
    title: 'telling unknown and wrong apart by the time',
    requirement: 'ASVS v5.0.0-6.3.8',
    needs: ['start', 'addresses'],
    alone: true,
    async run(scene) {
      const { evidence } = scene;
      const api = await scene.start({}, 'measurable');
      const accounts: Account[] = [];
      for (let made = 0; made < TRIALS / TRIES_EACH; made += 1) accounts.push(await api.register());
      evidence.control('signing in', await api.trySignIn(accounts[0] as Account), 200);
      const times = { known: [] as number[], unknown: [] as number[] };
      for (let trial = 0; trial < TRIALS; trial += 1) {
        const from = api.from(scene.anotherAddress());
        const email = accounts[trial % accounts.length]?.email ?? '';
        const order =
          trial % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
        for (const which of order) {
          const answer = await from.trySignIn({
            email: which === 'known' ? email : newEmail(),
            password: WRONG,
          });
          evidence.control('a failed sign-in', answer, 401);
          times[which].push(answer.milliseconds);
        }
      }
      const [known, unknown] = [median(times.known), median(times.unknown)];
      const ratio = Math.max(known, unknown) / Math.min(known, unknown);
      const figures = `median of ${TRIALS}: ${known.toFixed(1)} ms known, ${unknown.toFixed(1)} ms unknown, ratio ${ratio.toFixed(2)}`;
      evidence.note(figures);
      evidence.expectThat('one takes about as long as the other', ratio <= 2, {
        sent: `${TRIALS} failures each, in turn`,
        got: figures,
        expected: 'a ratio of at most 2',
      });
    },
  },
];

/** Headers that differ from answer to answer, and tell nothing. */
const FLEETING = new Set(['date', 'connection', 'keep-alive', 'content-length']);

/** Whether two answers are the same to whoever gets them. */
function alike(one: Exchange, other: Exchange): boolean {
  return shown(one) === shown(other);
}

function shown({ status, headers, setCookies, text }: Exchange): string {
  const lasting = Object.entries(headers)
    .filter(([name]) => !FLEETING.has(name))
    .sort();
  return JSON.stringify([status, lasting, setCookies, text]);
}

async function countToLock(api: Api, email: string): Promise<number> {
  for (let count = 0; count <= MOST_FAILURES; count += 1) {
    const { status } = await api.trySignIn({ email, password: WRONG });
    if (status === 429) return count;
  }
  return Number.POSITIVE_INFINITY;
}

function median(times: readonly number[]): number {
  return [...times].sort((one, other) => one - other)[times.length >> 1] ?? 0;
}
