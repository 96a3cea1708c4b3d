import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HostShape } from '../../src/host/shape.ts';
import type { ProjectAnswers } from '../../src/options/answers.ts';
import { hostNeeds, renderHostModule } from '../../src/render/host-module.ts';
import { run } from '../support/run.ts';
import { hostApp, mainOf, tryHost } from './host-app.ts';
import { hostVariants, partsVariant, SHAPES } from './host-shapes.ts';
import { labFolder, layOut, program } from './lab/lab.ts';

/** Every way to sign in is in some repo, and every repo has three of them: each costs a start of the app. */
const hosts = Object.entries(SHAPES).flatMap(([name, shape], place) =>
  hostVariants(shape)
    .filter((_, index) => (index + place) % 7 < 3)
    .map(({ label, answers }) => ({ label: `${name} ${label}`, shape, answers })),
);

/** A small app in which the module is mounted: it type-checks, and what it serves is right beside the app's own. */
describe.concurrent('a module in a repo that exists', () => {
  test.each(hosts)('$label', async ({ label, shape, answers }) => {
    const folder = await labFolder(`hosts/${label.replace(' ', '-')}`);
    await writeHost(folder, answers, shape);
    await typeCheck(folder, shape);
    // Nobody started PostgreSQL or Redis.
    const runs = answers.database === 'sqlite' && answers.sessionStore !== 'redis';
    if (runs) expect(await tryHost(folder, answers, shape)).toEqual([]);
  });

  test.each(Object.entries(SHAPES))('without accounts, in %s', async (name, shape) => {
    const folder = await labFolder(`hosts/parts-${name}`);
    const { answers } = partsVariant(shape);
    await writeHost(folder, answers, shape);
    await typeCheck(folder, shape);
    const { exitCode, output } = await run('node', [mainOf(shape)], folder);
    expect(exitCode, output).toBe(0);
    expect(output.trim()).toBe("true DENY https://app.example.com null 400 the app's page");
  });
});

async function typeCheck(folder: string, shape: HostShape): Promise<void> {
  if (shape.language !== 'typescript') return;
  const { exitCode, output } = await run(program('tsc'), ['--pretty', 'false'], folder);
  expect(exitCode, output).toBe(0);
}

async function writeHost(folder: string, answers: ProjectAnswers, shape: HostShape): Promise<void> {
  const { modules } = answers;
  await layOut(await renderHostModule(answers, shape, modules), folder);
  const { env } = hostNeeds(answers, shape, modules);
  const secrets = env.flatMap(({ name, drawSecret }) =>
    drawSecret ? [`${name}=${drawSecret(answers)}\n`] : [],
  );
  await writeFile(join(folder, '.env'), secrets.join(''));
  for (const [path, text] of hostApp(shape, modules)) await writeFile(join(folder, path), text);
  if (shape.express === 4) {
    await mkdir(join(folder, 'node_modules/@types'), { recursive: true });
    for (const name of ['express', '@types/express']) {
      await rm(join(folder, 'node_modules', name), { force: true });
      await symlink(
        join(program(''), '../..', name.replace('express', 'express4')),
        join(folder, 'node_modules', name),
      );
    }
  }
}
