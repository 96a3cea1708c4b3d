import { readFile } from 'node:fs/promises';
import { matrixVariants } from '../test/attacks/matrix/variants.ts';
import { attackedHash } from '../test/attacks/record/attacked-hash.ts';
import { recordProblem } from '../test/attacks/record/recorded-run.ts';
import { sabotageHash } from '../test/attacks/sabotage/sabotage-hash.ts';

/**
 * `npm run recorded`: whether docs/ATTACKS.md and docs/MATRIX.md are of the attacks and the servers that are here, and
 * tell that all held. Both come from runs that take too long to be made at each change, so only what is published must
 * have been through them. It ends with 1 where one of them has not.
 */
const records = [
  ['docs/ATTACKS.md', 'test:sabotage', await sabotageHash()],
  ['docs/MATRIX.md', 'test:matrix', await attackedHash(matrixVariants())],
] as const;

for (const [path, script, hash] of records) {
  const document = await readFile(new URL(`../${path}`, import.meta.url), 'utf8');
  const problem = recordProblem(document, hash);
  console.log(`${path} ${problem ? `${problem}: npm run ${script}` : 'is of what is here'}`);
  if (problem) process.exitCode = 1;
}
