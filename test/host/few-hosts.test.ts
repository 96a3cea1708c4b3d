import { MUTATIONS } from '../attacks/sabotage/mutations.ts';
import { tryHosts } from './every-host.ts';
import { FIXTURES } from './lab/shapes.ts';
import { OF_HOSTS, trySabotage } from './sabotage.ts';

// One of each kind, and such as need no packages that our own projects do not; the others by npm run test:host.
const FEW = [
  'ts-esm',
  'ts-esm-replaced',
  'ts-workspace',
  'js-commonjs-root',
  'js-commonjs-workspace',
];

tryHosts(
  FIXTURES.filter(({ name }) => FEW.includes(name)),
  'few',
);

// A token used twice, a request of another site, guessing: one of each kind, too.
const DEFENCES = [16, 28, 49];

await trySabotage(
  [...MUTATIONS.filter(({ attack }) => DEFENCES.includes(attack)), ...OF_HOSTS],
  'few',
  4,
);
