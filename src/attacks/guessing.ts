import { setTimeout as sleep } from 'node:timers/promises';
import { MOST_FAILURES, untilLimited } from './accounts.ts';
import { always, newEmail, PASSWORD } from './api.ts';
import { type Attack, NEEDS, type Scene } from './attack.ts';
import { type Exchange, retryAfter, StartingLine } from './client.ts';
import { eachAtOnce } from './runner.ts';

const onAccounts = { applies: always, disturbs: true } as const;

const WRONG = 'Wrong, but 21 letters';
/** A limit ends by itself within this many seconds. */
const WINDOW = 15 * 60;
/** The same where it is waited for: time enough to use up the tries. */
const SHORT_WINDOW = 5;

/** Attacks by guessing. */
export const guessingAttacks: readonly Attack[] = [
  {
    ...onAccounts,
    id: 49,
    title: 'guessing at one account, from many addresses, one by one and at once',
    requirement: 'ASVS v5.0.0-6.3.1, 15.4.2, NIST SP 800-63B-4 3.2.2',
    needs: ['addresses'],
    async run(scene) {
      const { api, evidence, anotherAddress } = scene;
      const [first, second] = [await api.register(), await api.register()];
      evidence.control('signing in', await api.trySignIn(first), 200);
      evidence.control('signing in', await api.trySignIn(second), 200);
      const guess = (email: string, path = 0, line?: StartingLine): Promise<Exchange> => {
        const kind = api.kinds[path % api.kinds.length] ?? 'session';
        const call = { json: { email, password: WRONG }, ...(line && { line }) };
        return api.from(anotherAddress()).send('POST', api.signInPath(kind), call);
      };

      let allowed = 0;
      let answer = await guess(first.email);
      while (answer.status === 401 && allowed <= MOST_FAILURES) {
        allowed += 1;
        answer = await guess(first.email, allowed);
      }
      evidence.expect(
        `blocked after ${allowed} failures`,
        answer,
        ({ status }) => status === 429 && allowed <= MOST_FAILURES,
        `429 after at most ${MOST_FAILURES} failures`,
      );
      const right = await api.from(anotherAddress()).trySignIn(first);
      evidence.expect('even with the right password', right, [429]);

      const line = new StartingLine(40);
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) => guess(second.email, index, line)),
      );
      const checked = answers.filter(({ status }) => status === 401).length;
      evidence.expectThat(
        '40 at once do not overtake the count',
        checked <= Math.min(allowed, MOST_FAILURES),
        {
          sent: '40 wrong passwords at once',
          got: answers.map(({ status }) => status).join(' '),
          expected: `at most ${allowed} of them checked`,
        },
      );
    },
  },
  {
    ...onAccounts,
    id: 50,
    part: 'proxy',
    exhausts: true,
    title: 'starting the count anew: forged addresses, the case of an email',
    requirement: 'ASVS v5.0.0-6.3.1, 15.3.4, 4.1.3',
    async run(scene) {
      const { api, evidence } = scene;
      const account = await api.register();
      evidence.control('signing in', await api.trySignIn(account), 200);
      if (scene.anotherAddress()) {
        const plain = newEmail();
        const { email } = account;
        const spellings = [email, email.toUpperCase(), email.replace('u', 'U')];
        // From many addresses, so that nothing but the account can be what is limited.
        const once = await manyTries(scene, () => ({ email: plain }), scene.anotherAddress);
        const spelt = await manyTries(
          scene,
          (index) => ({ email: spellings[index % spellings.length] ?? '' }),
          scene.anotherAddress,
        );
        const last = spelt.at(-1) as Exchange;
        const soon = () => last.status === 429 && spelt.length <= once.length;
        evidence.expect('blocked as soon whatever the case', last, soon, `429 at ${once.length}`);
      } else {
        evidence.note('the case of an email: needs several client addresses');
      }

      const other: Scene = { ...scene, api: api.from(scene.anotherAddress()) };
      const forged = await manyTries(other, (index) => {
        const address = `198.51.100.${index}`;
        return {
          email: newEmail(),
          headers: {
            'X-Forwarded-For': address,
            'X-Real-IP': address,
            'X-Client-IP': address,
            'CF-Connecting-IP': address,
            'True-Client-IP': address,
            Forwarded: `for=${address}`,
          },
        };
      });
      evidence.expect('blocked whatever the address it claims', forged.at(-1) as Exchange, [429]);
    },
  },
  {
    ...onAccounts,
    id: 51,
    title: 'one password on 100 accounts',
    requirement: 'ASVS v5.0.0-6.3.1',
    needs: ['addresses'],
    async run(scene) {
      const { api, evidence } = scene;
      evidence.control('signing in', await api.trySignIn(await api.register()), 200);
      const tries = await manyTries(scene, () => ({ email: newEmail() }));
      evidence.expect(`limited after ${tries.length} accounts`, tries.at(-1) as Exchange, [429]);
    },
  },
  {
    ...onAccounts,
    id: 52,
    title: 'locking somebody else out',
    waits: SHORT_WINDOW,
    requirement: 'ASVS v5.0.0-6.1.1, NIST SP 800-63B-4 3.2.2',
    needs: ['addresses'],
    async run(scene) {
      const { api, evidence } = scene;
      const victim = api.from(scene.anotherAddress());
      const account = await victim.register();
      const open = await Promise.all(victim.kinds.map((kind) => victim.signIn(account, kind)));
      const limited = await untilLimited(scene, account.email);
      evidence.control('the account is locked', limited, 429);

      for (const login of open) {
        evidence.expect('an open login goes on', await victim.me(login.headers), [200]);
        if (login.kind === 'token')
          evidence.expect('and is renewed', await victim.refresh(login), [200]);
      }
      const first = retryAfter(limited);
      await eachAtOnce(Array.from({ length: 20 }), 4, () =>
        api.trySignIn({ ...account, password: WRONG }),
      );
      const later = await victim.trySignIn(account);
      evidence.expect(
        'the lock ends by itself',
        later,
        (one) => retryAfter(one) > 0 && retryAfter(one) <= WINDOW,
        `Retry-After of at most ${WINDOW}`,
      );
      evidence.expect(
        'more tries do not make it longer',
        later,
        (one) => retryAfter(one) <= first,
        `Retry-After of at most ${first}`,
      );
      const others = await victim.register();
      evidence.expect("the victim's address is not locked", await victim.trySignIn(others), [200]);
      if (scene.canStart) return outwait(scene);
      evidence.note(`the end of a lock: needs ${NEEDS.start}`);
    },
  },
];

/** Gets an account locked, and tries on as long as the lock should last: then its user signs in, in every way. */
async function outwait(scene: Scene): Promise<void> {
  const { evidence } = scene;
  const api = await scene.start({}, 'cheap', SHORT_WINDOW);
  const account = await api.register();
  const limited = await untilLimited({ ...scene, api }, account.email);
  evidence.control('the account is locked', limited, 429);
  const over = performance.now() + SHORT_WINDOW * 1000;
  while (performance.now() < over) {
    const tried = await api.from(scene.anotherAddress()).trySignIn(account);
    // It may have ended by now, since it began before it was told.
    if (tried.status === 200) break;
    await sleep(500);
  }
  const victim = api.from(scene.anotherAddress());
  for (const kind of api.kinds)
    evidence.expect('the way back works', await victim.trySignIn(account, kind), [200]);
}

/** Fails to sign in, up to 101 times, until it is limited. */
async function manyTries(
  { api }: Scene,
  each: (index: number) => { email: string; headers?: Record<string, string> },
  address?: () => string | undefined,
): Promise<readonly Exchange[]> {
  const answers: Exchange[] = [];
  while (answers.length <= MOST_FAILURES && answers.at(-1)?.status !== 429) {
    const { email, headers } = each(answers.length);
    const client = address ? api.from(address()) : api;
    answers.push(
      await client.trySignIn({ email, password: PASSWORD.toLowerCase() }, undefined, headers),
    );
  }
  return answers;
}
