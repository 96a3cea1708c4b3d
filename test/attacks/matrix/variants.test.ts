import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { CORS, HASHES, HELMETS } from '../../matrix/variants.ts';
import { bootableLogins, loginsOnServers, matrixVariants } from './variants.ts';

describe('the variants of the whole matrix', () => {
  const variants = matrixVariants();
  const has = (part: object) =>
    variants.some(({ answers }) =>
      Object.entries(part).every(
        ([name, value]) =>
          JSON.stringify(answers[name as keyof typeof answers]) === JSON.stringify(value),
      ),
    );

  test.each([...bootableLogins(), ...loginsOnServers()])('have the login %s', (_, login) => {
    expect(has(login)).toBe(true);
  });

  test.each(['session', 'jwt', 'both'] as const)(
    'with %s have each hash, CORS and set of headers',
    (auth) => {
      const parts = [
        ...HASHES.map((hash) => ({ hash })),
        ...Object.values(CORS).map((corsOrigins) => ({ corsOrigins })),
        ...Object.values(HELMETS),
      ];
      expect(parts.filter((part) => !has({ auth, ...part }))).toEqual([]);
    },
  );

  test('are all different, and as many as the README says', async () => {
    expect(new Set(variants.map(({ label }) => label)).size).toBe(variants.length);
    const told = (await readFile('README.md', 'utf8')).match(/\d+(?= servers)/g);
    expect(new Set(told)).toEqual(new Set([String(variants.length)]));
  });
});
