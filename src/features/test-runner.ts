import type { Feature } from './feature.ts';

export const testRunners: readonly Feature[] = [
  {
    id: 'test-vitest',
    when: ({ testRunner }) => testRunner === 'vitest',
    devDependencies: ['vitest'],
    scripts: { test: 'vitest run' },
    items: { 'test.module': ['vitest'] },
  },
  {
    id: 'test-node',
    when: ({ testRunner }) => testRunner === 'node',
    scripts: { test: 'node --import tsx --test --test-timeout=600000 test/all.ts' },
    items: { 'test.module': ['node:test'] },
  },
];
