import { MOST_FAILURES } from './accounts.ts';
import { type Account, type Api, always, type Kind, newEmail } from './api.ts';
import type { Attack, Scene } from './attack.ts';
import { type Exchange, retryAfter } from './client.ts';

const WRONG = 'Wrong, but 21 letters';
const TRIALS = 60;
/** Fewer than lock an account. */
const TRIES_EACH = 5;
/** What projects are held to: a difference of less than a tenth over so many trials. */
const MOST_APART = 1.1;

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
      // So that nothing but the account can be what is locked.
      const own = scene.anotherAddress();
      if (own) {
        const emails = [(await api.register()).email, newEmail()] as const;
        const locking = api.from(own);
        const counts = await countToLock(locking, emails);
        evidence.expectThat('both lock at the same count', counts[0] === counts[1], {
          sent: 'failures on a known and an unknown email',
          got: counts.join(' and '),
          expected: 'the same count',
        });
        for (const kind of api.kinds) {
          const [one, other] = await tryBoth(locking, emails, kind);
          evidence.expect(
            'a lock says the same of both',
            one,
            () =>
              one.status === 429 &&
              alike(one, other) &&
              Math.abs(retryAfter(one) - retryAfter(other)) <= 1,
            `${shown(other)}, Retry-After: ${retryAfter(other)} give or take a second`,
          );
        }
      } else {
        evidence.note('what a lock says: needs several client addresses');
      }

      if (!target.disable) return evidence.note('closed accounts: needs a way to close one');
      for (const kind of api.kinds)
        evidence.control('signing in', await api.trySignIn(closed, kind), 200);
      await target.disable(closed.email);
      for (const kind of api.kinds) {
        const wrong = await api.trySignIn({ email: newEmail(), password: WRONG }, kind);
        evidence.control('an unknown email', wrong, 401);
        for (const password of [closed.password, WRONG]) {
          const answer = await api.trySignIn({ ...closed, password }, kind);
          evidence.expect('a closed account', answer, (one) => alike(one, wrong), shown(wrong));
        }
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
      let best = await compareTimes(scene, api);
      // A machine that is busy with others tells two times apart that are the same; not each time.
      for (let again = 0; again < 2 && best.ratio >= MOST_APART; again += 1) {
        const another = await compareTimes(scene, api);
        if (another.ratio < best.ratio) best = another;
      }
      evidence.note(best.figures);
      evidence.expectThat('one takes as long as the other', best.ratio < MOST_APART, {
        sent: `${TRIALS} failures each, in turn, up to three times`,
        got: best.figures,
        expected: `a ratio of under ${MOST_APART}`,
      });
    },
  },
];

/**
 * Fails to sign in with a known and an unknown email, in turn, and compares how long each pair took: what slows the
 * machine down slows both. Passwords have a price that can be measured, yet is so low that what else differs is a large
 * part of the whole: next to the price in earnest it would be lost.
 */
async function compareTimes({ evidence, anotherAddress }: Scene, api: Api) {
  const accounts: Account[] = [];
  for (let made = 0; made < TRIALS / TRIES_EACH; made += 1) accounts.push(await api.register());
  evidence.control('signing in', await api.trySignIn(accounts[0] as Account), 200);
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const from = api.from(anotherAddress());
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
  const pairs = times.known.map((known, trial) => known / (times.unknown[trial] as number));
  const ratio = Math.max(median(pairs), 1 / median(pairs));
  const [known, unknown] = [median(times.known), median(times.unknown)];
  const figures = `median of ${TRIALS}: ${known.toFixed(1)} ms known, ${unknown.toFixed(1)} ms unknown, ratio of a pair ${ratio.toFixed(2)}`;
  return { ratio, figures };
}

/** Headers that differ from answer to answer, and tell nothing; Retry-After is compared by itself. */
const FLEETING = new Set(['date', 'connection', 'keep-alive', 'content-length', 'retry-after']);

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

type Both<T> = readonly [known: T, unknown: T];

/** Fails to sign in with either, side by side, so that both locks are as old. */
async function tryBoth(api: Api, [known, unknown]: Both<string>, kind?: Kind) {
  return await Promise.all([
    api.trySignIn({ email: known, password: WRONG }, kind),
    api.trySignIn({ email: unknown, password: WRONG }, kind),
  ]);
}

/** Fails until both are locked. @returns the failures that it took for each */
async function countToLock(api: Api, emails: Both<string>): Promise<readonly number[]> {
  const counts = [0, 0];
  for (let tries = 1; tries <= MOST_FAILURES; tries += 1) {
    const answers = await tryBoth(api, emails);
    const open = answers.map(({ status }) => status !== 429);
    if (!open.includes(true)) return counts;
    for (const [index, isOpen] of open.entries()) if (isOpen) counts[index] = tries;
  }
  return counts;
}

function median(times: readonly number[]): number {
  return [...times].sort((one, other) => one - other)[times.length >> 1] ?? 0;
}
