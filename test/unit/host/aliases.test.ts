import { expect, test } from 'vitest';
import { aliasesFor } from '../../../src/host/aliases.ts';
import type { HostShape } from '../../../src/host/shape.ts';
import { resolveAnswers } from '../../../src/options/resolve.ts';
import { hostNeeds, renderHostModule } from '../../../src/render/host-module.ts';
import { ORDINARY } from '../../matrix/host-shapes.ts';

const dependencies = { zod: '^4.6.7', helmet: '^8.3.0', 'drizzle-orm': '^0.45.4', jose: '^6.2.18' };

test('a package whose version cannot be shared comes beside the host’s, under a name with its major', () => {
  const json = { dependencies: { zod: '3.24.2', helmet: '8.1.0', jose: '^6.0.0' } };
  expect(aliasesFor(json, { dependencies })).toEqual({ zod: 'zod-4', helmet: 'helmet-8' });
  expect(aliasesFor({ devDependencies: { zod: '^3.0.0' } }, { dependencies })).toEqual({
    zod: 'zod-4',
  });
  expect(aliasesFor({}, { dependencies })).toEqual({});
});

test('a package that is handed from one to another gets no second version', () => {
  const json = { dependencies: { 'drizzle-orm': '^0.30.0' } };
  expect(aliasesFor(json, { dependencies })).toEqual({});
});

test('the module and what it asks for use the names', async () => {
  const shape: HostShape = {
    ...ORDINARY,
    aliases: {
      zod: 'zod-4',
      jsonwebtoken: 'jsonwebtoken-9',
      'express-session': 'express-session-1',
    },
  };
  const given = new Map(
    Object.entries({ name: 'host', auth: 'both', database: 'sqlite' }).map(([name, value]) => [
      name,
      { value, where: name },
    ]),
  );
  const answers = resolveAnswers(given as never, { packageManager: 'npm' });
  const needs = hostNeeds(answers as never, shape);
  expect(needs.dependencies).toMatchObject({ 'zod-4': expect.stringMatching(/^npm:zod@\^4/) });
  expect(needs.dependencies).not.toHaveProperty('zod');
  expect(needs.devDependencies).toMatchObject({
    '@types/jsonwebtoken-9': expect.stringMatching(/^npm:@types\/jsonwebtoken@\^9/),
  });
  const code = [...(await renderHostModule(answers as never, shape)).values()]
    .map(({ content }) => String(content))
    .join('\n');
  expect(code).toMatch(/from "zod-4"/);
  expect(code).toMatch(/from "jsonwebtoken-9"/);
  expect(code).toMatch(/declare module "express-session-1"/);
  expect(code).not.toMatch(/(?:from|module) "(?:zod|jsonwebtoken|express-session)"/);
});
