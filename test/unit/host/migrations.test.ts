import { expect, test } from 'vitest';
import { keepMigrations } from '../../../src/host/host-migrations.ts';
import type { HostShape } from '../../../src/host/shape.ts';
import type { ProjectRecord } from '../../../src/merge/record.ts';
import type { Answers } from '../../../src/options/answers.ts';
import { renderHostModule } from '../../../src/render/host-module.ts';
import type { Tree } from '../../../src/render/tree.ts';
import { ORDINARY } from '../../matrix/host-shapes.ts';
import { answersOf } from '../../matrix/variants.ts';

const session = answersOf({});
const both = answersOf({ auth: 'both' });
const jwt = answersOf({ auth: 'jwt' });

const commonjs: HostShape = {
  ...ORDINARY,
  language: 'javascript',
  modules: 'commonjs',
  style: { indent: '\t', quote: '"', semicolons: false, eol: '\r\n' },
};

const recordOf = (answers: Answers, tree: Tree): ProjectRecord => ({
  version: '0.1.0',
  answers: { ...answers },
  formerHashes: [],
  base: new Map([...tree].map(([path, { content }]) => [path, String(content)])),
  owners: new Map(),
  digest: '',
});

test.each([
  ['TypeScript', ORDINARY],
  ['JavaScript that is required', commonjs],
])(
  'in %s, migrations that were made stay, and one is added where the tables change',
  async (_, shape) => {
    const read = (tree: Tree) => {
      const [, file] = [...tree].find(([path]) => path.includes('database/migrations.')) ?? [];
      return String(file?.content);
    };
    const first = await renderHostModule(session, shape);
    const again = await keepMigrations(first, recordOf(session, first), session, shape);
    expect(read(again)).toBe(read(first));

    const second = await renderHostModule(both, shape);
    const kept = await keepMigrations(second, recordOf(session, first), both, shape);
    const { eol } = shape.style;
    const lines = read(first).split(eol);
    const end = lines.findLastIndex((line) => /^\];?$/.test(line));
    const now = read(kept).split(eol);
    expect(now.slice(0, end)).toEqual(lines.slice(0, end));
    expect(now.slice(end - lines.length)).toEqual(lines.slice(end));
    expect(read(kept)).toContain('0001_secure_express');
    expect(read(kept)).toContain('ALTER TABLE "auth_logins" ADD "secret_hash" text;');

    const third = await renderHostModule(jwt, shape);
    const last = read(await keepMigrations(third, recordOf(both, kept), jwt, shape));
    expect(last).toContain('0002_secure_express');
    expect(last).toContain(`DELETE FROM "auth_logins" WHERE "kind" = 'session';`);
    expect(last.replaceAll(eol, '')).not.toContain('\n');
  },
);
