import type { Answers } from '../options/answers.ts';
import type { Feature } from './feature.ts';
import type { PackageName } from './versions.ts';

/**
 * One password hash: its templates hold the code, this what it needs.
 *
 * @param cheap the argument that makes its factory quick, for tests
 */
function hash(id: Answers['hash'], dependencies: readonly PackageName[], cheap: string): Feature {
  return {
    id: `hash-${id}`,
    when: (answers) => answers.hash === id,
    dependencies,
    items: (answers) =>
      answers.hash === id ? { 'hash.factory': [id], 'hash.cheap': [cheap] } : {},
  };
}

export const hashes: readonly Feature[] = [
  hash('argon2id', ['@node-rs/argon2'], '{ memoryCost: 8, timeCost: 1, parallelism: 1 }'),
  hash('bcrypt', ['@node-rs/bcrypt'], '4'),
  hash('scrypt', [], '{ ln: 4, r: 8, p: 1 }'),
  hash('pbkdf2', [], '1000'),
];
