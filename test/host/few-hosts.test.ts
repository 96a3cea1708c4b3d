import { tryHosts } from './every-host.ts';
import { FIXTURES } from './lab/shapes.ts';

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
