import { beforeAll, describe, expect, test } from 'vitest';
import { renderProject } from '../../../src/render/project.ts';
import type { Tree } from '../../../src/render/tree.ts';
import { applyEdits } from '../lab/edits.ts';
import { VARIANTS } from '../lab/variants.ts';
import { attackedHash, serverHash } from './attacked-hash.ts';

const variant = { label: 'session', answers: VARIANTS.session };

describe('what was attacked', () => {
  let tree: Tree;
  beforeAll(async () => {
    tree = await renderProject(VARIANTS.session);
  });
  const edited = (file: string, search: string) =>
    serverHash(applyEdits(tree, [{ file, search, replace: `${search} ` }]));

  test.each([
    ['README.md', '# my-api'],
    ['package.json', '"vitest run'],
    ['test/csrf.test.ts', 'import assert from'],
    ['Dockerfile', 'USER node'],
  ])('is the same where only %s is another', (file, search) => {
    expect(edited(file, search)).toBe(serverHash(tree));
  });

  test.each([
    ['src/app.ts', 'app.disable("etag")'],
    ['migrations/0000_init.sql', 'CREATE TABLE `users`'],
    ['package.json', '"express": "'],
  ])('is something else where %s is', (file, search) => {
    expect(edited(file, search)).not.toBe(serverHash(tree));
  });

  test('has the same hash each time, and another with other answers or edits', async () => {
    const hash = await attackedHash([variant]);
    expect(await attackedHash([variant])).toBe(hash);
    const other = { ...variant, answers: VARIANTS['jwt-hs256'] };
    expect(await attackedHash([other])).not.toBe(hash);
    expect(await attackedHash([variant], [{ file: 'src/app.ts' }])).not.toBe(hash);
    expect(hash).toMatch(/^[0-9a-f]{16}$/);
  });
});
