import { storedHash } from './accounts.ts';
import { type Account, always, newEmail } from './api.ts';
import type { Attack, Scene } from './attack.ts';
import { quickest, valueAt } from './client.ts';

const onAccounts = { applies: always, disturbs: true } as const;

/** NIST SP 800-63B-4 3.1.1.2, where the password is the only factor and nothing else is set. */
const MIN_LENGTH = 15;
const MAX_LENGTH = 128;
const MAX_BCRYPT_BYTES = 72;

/** Attacks on what passwords may be and how they are kept. */
export const passwordAttacks: readonly Attack[] = [
  {
    ...onAccounts,
    id: 43,
    title: 'passwords too short and too long',
    requirement: 'ASVS v5.0.0-6.2.1, 6.2.9, NIST SP 800-63B-4 3.1.1.2',
    async run(scene) {
      const min = Number(scene.target.settings?.PASSWORD_MIN_LENGTH ?? MIN_LENGTH);
      const bcrypt = scene.answers.hash === 'bcrypt';
      const max = bcrypt ? MAX_BCRYPT_BYTES : MAX_LENGTH;
      await mustTake(scene, 'the shortest', random(min));
      await mustTake(scene, '64 characters', random(64));
      await mustTake(scene, 'the longest', random(max));
      await mustTake(scene, 'the shortest, in characters of four bytes', astral(min));
      await mustRefuse(scene, 'one character too short', random(min - 1));
      await mustRefuse(scene, 'one too short, though long in UTF-16', astral(min - 1));
      await mustRefuse(scene, 'one character too long', random(max + 1));
      await mustRefuse(scene, 'much too long', random(1000));
      await mustRefuse(scene, 'empty', '');
      if (bcrypt) await mustRefuse(scene, '19 characters of four bytes, for bcrypt', astral(19));
    },
  },
  {
    ...onAccounts,
    id: 44,
    title: 'passwords that are guessed first',
    requirement: 'ASVS v5.0.0-6.2.4, 6.2.11',
    async run(scene) {
      const { api, evidence, answers } = scene;
      await mustTake(scene, 'one that nobody guesses', random(24));
      const email = `hildegard.bingen-${newEmail()}`;
      const guessed = [
        'passwordpassword',
        'Password12345678',
        'qwertyuiopasdfghjkl',
        '123456789012345',
        '1234567890123456789',
        'passwordpassword2026',
        'iloveyou1234567',
        'monkey monkey monkey 1',
        '123456789abcdef',
        'aaaaaaaaaaaaaaaaaaaa',
        'abcabcabcabcabcabcabc',
        'hildegard likes 9 it',
        'on 7 Hildegard.Bingen',
        `${email} 1`,
        'the BINGEN is 4 you!!',
      ];
      if (answers.name.length >= 4) guessed.push(`I am at ${answers.name} 77 Q!`);
      for (const password of guessed) {
        const answer = await api.post('/auth/register', { email, password });
        evidence.expect(`“${password}” is refused`, answer, [400]);
        const reason = valueAt(answer.json, 'detail');
        evidence.expect(
          'with the reason',
          answer,
          () => typeof reason === 'string' && reason.length > 10,
        );
      }
    },
  },
  {
    ...onAccounts,
    id: 45,
    title: 'rules of composition',
    requirement: 'ASVS v5.0.0-6.2.5, NIST SP 800-63B-4 3.1.1.2',
    async run(scene) {
      for (const [what, password] of [
        ['small letters only', 'zvukqmwhoprtlxjdb'],
        ['capital letters only', 'ZVUKQMWHOPRTLXJDB'],
        ['digits only', '84920175639284710'],
        ['spaces and words', 'owl   fox   cat   hen'],
        ['spaces around', '  owl fox cat hen  '],
        ['common words, several of them', 'monkey dragon shadow'],
        ['emoji', '🦊🐈🦉🐓 🦊🐓🐈🦉 🐈🦉🦊🐓 🦉'],
        ['another script', 'сова лиса кот конь'],
        ['signs', '!"§$%&/()=?`+#-.,<>'],
      ] as const) {
        await mustTake(scene, what, password);
      }
    },
  },
  {
    ...onAccounts,
    id: 46,
    title: 'passwords that differ only late, in case, or in a space',
    requirement: 'ASVS v5.0.0-6.2.8',
    async run(scene) {
      const { api, evidence, answers } = scene;
      const long = random(answers.hash === 'bcrypt' ? 72 : 80);
      const cases: readonly (readonly [string, string, readonly string[]])[] = [
        ['a long one', long, [`${long}x`, `${long}\0`, `${long.slice(0, -1)}#`, long.slice(0, -1)]],
        [
          'byte 73',
          `${long.slice(0, 72)}${answers.hash === 'bcrypt' ? '' : 'abcdefgh'}`,
          [`${long.slice(0, 72)}abcdefgX`],
        ],
        [
          'a word',
          'An Owl & 3 Fox, a Hen',
          [
            'an owl & 3 fox, a hen',
            'AN OWL & 3 FOX, A HEN',
            'An Owl & 3 Fox, a Hen ',
            ' An Owl & 3 Fox, a Hen',
            'An Owl & 3 Fox, a Hen\0',
            'An Owl & 3 Fox, a Hen\0x',
            'An Owl & 3 Fox, a Hen\0An Owl & 3 Fox, a Hen',
            'An Owl &  3 Fox, a Hen',
          ],
        ],
        [
          'a NUL inside',
          'An Owl & 3 Fox\0 a Hen',
          ['An Owl & 3 Fox', 'An Owl & 3 Fox\0', 'An Owl & 3 Fox\0 a Cat'],
        ],
      ];
      for (const [what, password, others] of cases) {
        const email = newEmail();
        const made = await api.post('/auth/register', { email, password });
        // Most algorithms cannot tell every NUL, so they refuse it.
        if (password.includes('\0') && made.status === 400) continue;
        evidence.control(`registering with ${what}`, made, 201);
        for (const other of others) {
          evidence.expect(
            `${what}, not quite`,
            await api.trySignIn({ email, password: other }),
            [401],
          );
        }
        evidence.control(`signing in with ${what}`, await api.trySignIn({ email, password }), 200);
      }
    },
  },
  {
    ...onAccounts,
    id: 47,
    title: 'a stolen table of passwords',
    requirement: 'ASVS v5.0.0-11.4.2, OWASP Password Storage',
    needs: ['start'],
    alone: true,
    async run(scene) {
      const { evidence, answers } = scene;
      const api = await scene.start({}, 'real');
      const own: Scene = { ...scene, api, target: api.target };
      const accounts = [await api.register(), await api.register()];
      const hashes = [
        await storedHash(own, accounts[0] as Account),
        await storedHash(own, accounts[1] as Account),
      ];
      for (const hash of hashes) {
        evidence.note(`stored as ${hash.slice(0, 40)}...`);
        evidence.expectThat('what it costs to guess', costsEnough(answers.hash, hash), {
          sent: 'a registration',
          got: hash,
          expected: `${answers.hash} at the price of OWASP or more`,
        });
        evidence.expectThat(
          'the password is not in it',
          !hash.includes(accounts[0]?.password ?? ' '),
          { sent: 'a registration', got: hash, expected: 'a hash' },
        );
      }
      evidence.expectThat(
        'salts differ',
        saltOf(hashes[0]) !== saltOf(hashes[1]) && hashes[0] !== hashes[1],
        { sent: 'the same password twice', got: hashes.join(' '), expected: 'two salts' },
      );

      const cheap = await scene.start({}, 'cheap');
      const older = await cheap.register();
      const weak = await storedHash({ ...own, target: cheap.target }, older);
      const [victim] = accounts as [Account];
      evidence.controlThat('there is an old hash to try', !costsEnough(answers.hash, weak), weak);
      await api.target.storage?.replace(hashes[0] ?? '', weak);
      evidence.control('an old hash still signs in', await api.trySignIn(victim), 200);
      const renewed = await storedHash(own, victim);
      evidence.expectThat('it is hashed anew', costsEnough(answers.hash, renewed), {
        sent: 'a sign-in',
        got: renewed,
        expected: 'the price of today',
      });
      evidence.control('the new hash signs in', await api.trySignIn(victim), 200);
    },
  },
  {
    ...onAccounts,
    id: 48,
    title: 'a password of 1 MB',
    requirement: 'ASVS v5.0.0-15.2.2',
    async visit(scene) {
      scene.evidence.control('an ordinary body', await scene.api.post('/auth/login', {}), 400);
      await mustRefuseUnread(scene, {}, {});
    },
    async run(scene) {
      const { api, evidence } = scene;
      const account = await api.register();
      evidence.control('signing in', await api.trySignIn(account), 200);
      await mustRefuseUnread(scene, { email: account.email }, { email: newEmail() });
      evidence.control('signing in afterwards', await api.trySignIn(account), 200);
    },
  },
];

/** Sends a vast password to sign in, and to register: by whom, if anybody. */
async function mustRefuseUnread({ api, evidence }: Scene, known: object, unknown: object) {
  const password = 'a'.repeat(1_000_000);
  for (const answer of [
    await quickest(1000, () => api.post('/auth/login', { ...known, password })),
    await quickest(1000, () => api.post('/auth/register', { ...unknown, password })),
  ]) {
    evidence.expect('it is refused unread', answer, [413]);
    evidence.expect('in under a second', answer, ({ milliseconds }) => milliseconds < 1000);
  }
}

async function mustTake({ api, evidence }: Scene, what: string, password: string): Promise<void> {
  const email = newEmail();
  const made = await api.post('/auth/register', { email, password });
  evidence.controls += 1;
  if (!evidence.expect(`${what} is taken`, made, [201])) return;
  evidence.expect(`${what} signs in`, await api.trySignIn({ email, password }), [200]);
}

async function mustRefuse({ api, evidence }: Scene, what: string, password: string): Promise<void> {
  evidence.expect(what, await api.post('/auth/register', { email: newEmail(), password }), [400]);
}

/** Letters and digits without a pattern; none of them spell a word. */
function random(length: number): string {
  const letters = 'Zq7xKv2wJp9';
  return Array.from({ length }, (_, at) => letters[(at * at * 3 + at * 7 + (at >> 2)) % 11]).join(
    '',
  );
}

/** Characters that take two units of UTF-16 and four bytes of UTF-8. */
function astral(length: number): string {
  return Array.from({ length }, (_, at) =>
    String.fromCodePoint(0x1f400 + ((at * at * 5 + at) % 60)),
  ).join('');
}

/** Whether a stored hash costs what OWASP asks for. */
function costsEnough(algorithm: string, hash: string): boolean {
  const number = (pattern: RegExp) => Number(pattern.exec(hash)?.[1] ?? 0);
  switch (algorithm) {
    case 'argon2id':
      return (
        /^\$argon2id\$v=19\$/.test(hash) &&
        number(/m=(\d+)/) >= 19_456 &&
        number(/t=(\d+)/) >= 2 &&
        number(/p=(\d+)/) >= 1
      );
    case 'bcrypt':
      return number(/^\$2b\$(\d\d)\$/) >= 12;
    case 'scrypt':
      return number(/^\$scrypt\$ln=(\d+)/) >= 17 && number(/r=(\d+)/) >= 8;
    default:
      return number(/^\$pbkdf2-sha256\$i=(\d+)/) >= 600_000;
  }
}

function saltOf(hash = ''): string {
  const parts = hash.split('$');
  return hash.startsWith('$2') ? (parts[3] ?? '').slice(0, 22) : (parts.at(-2) ?? '');
}
