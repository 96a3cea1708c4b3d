import type { Answers, ProjectAnswers } from '../options/answers.ts';
import type { Feature } from './feature.ts';
import type { PackageName } from './versions.ts';

type Hash = Answers['hash'];

/** What the templates of a hash need beside them. */
interface HashParts {
  readonly dependencies: readonly PackageName[];
  /** The longest password, where it is not the policy that says: in bytes. */
  readonly longest?: string;
  /** The argument that makes its factory quick, for tests. */
  readonly cheap: string;
}

const HASHES: Readonly<Record<Hash, HashParts>> = {
  argon2id: {
    dependencies: ['@node-rs/argon2'],
    cheap: '{ memoryCost: 8, timeCost: 1, parallelism: 1 }',
  },
  bcrypt: { dependencies: ['@node-rs/bcrypt'], longest: '72', cheap: '4' },
  scrypt: { dependencies: [], cheap: '{ ln: 4, r: 8, p: 1 }' },
  pbkdf2: { dependencies: [], cheap: '1000' },
};

const IDS = Object.keys(HASHES) as readonly Hash[];

const formerOf = ({ formerHashes = [] }: ProjectAnswers): readonly Hash[] =>
  IDS.filter((id) => formerHashes.includes(id));

const chosen = IDS.map(
  (id): Feature => ({
    id: `hash-${id}`,
    when: ({ hash }) => hash === id,
    dependencies: HASHES[id].dependencies,
    items: ({ hash }) =>
      hash === id
        ? {
            'hash.factory': [id],
            'hash.cheap': [HASHES[id].cheap],
            'hash.create': [`${id}()`],
            'test.longestPassword': [HASHES[id].longest ?? '128'],
          }
        : {},
  }),
);

/** Only what checks the passwords that were hashed before another one was chosen. */
const former = IDS.map(
  (id): Feature => ({
    id: `former-${id}`,
    when: (answers) => formerOf(answers).includes(id),
    dependencies: HASHES[id].dependencies,
    borrows: { from: `hash-${id}`, paths: [`src/auth/${id}.ts`] },
  }),
);

const importsOf = (answers: ProjectAnswers, folder: string): string =>
  formerOf(answers)
    .map((id) => `import { ${id} } from "${folder}/${id}.js";\n`)
    .join('');

/** What becomes of former hashes: they stay where the hash of today does not take the password. */
const hashedAnew = ({ hash }: ProjectAnswers): string => {
  const { longest } = HASHES[hash];
  const kept = longest ? `, but for those over ${longest} bytes` : '';
  return `hashed anew when their owners sign in${kept}`;
};

/** What ties the former ones in. */
const formerHashes: Feature = {
  id: 'former-hashes',
  when: (answers) => formerOf(answers).length > 0,
  slots: ['hash.imports', 'formerTest.imports', 'formerTest.hashes', 'security.hash'],
  items: (answers) => ({
    'hash.create': [
      `[${formerOf(answers)
        .map((id) => `${id}()`)
        .join(', ')}]`,
    ],
    'readme.formerHashes': formerOf(answers),
    'readme.hashedAnew': [hashedAnew(answers)],
  }),
  fragments: (answers) => ({
    'hash.imports': importsOf(answers, './auth'),
    'formerTest.imports': importsOf(answers, '../src/auth'),
    'formerTest.hashes': formerOf(answers)
      .map((id) => `${id}: ${id}(${HASHES[id].cheap}),\n`)
      .join(''),
    'security.hash': formerOf(answers)
      .map(
        (id) =>
          `| Hashes of ${id}, which was chosen before, are checked until their owners sign in | accounts that are locked out | v5.0.0-11.2.2 | \`src/auth/${id}.ts\` | \`test/former-hashes.test.ts\` |\n`,
      )
      .join(''),
  }),
};

export const hashes: readonly Feature[] = [...chosen, ...former, formerHashes];
