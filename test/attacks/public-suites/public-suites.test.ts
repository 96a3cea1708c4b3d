import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CspEvaluator } from 'csp_evaluator';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCertificate } from '../../browser/lab/certificate.ts';
import { openTlsProxy } from '../../browser/lab/gateway.ts';
import { SERVED_PAGES } from '../../browser/lab/served-pages.ts';
import { answersOf } from '../../matrix/variants.ts';
import { ProcessBench } from '../lab/bench.ts';
import type { Edit } from '../lab/edits.ts';
import { makeProject, type Project } from '../lab/project.ts';
import { change } from '../sabotage/mutation.ts';
import { installObservatory, scan, type Verdict } from './observatory.ts';

beforeAll(installObservatory);

describe.each(['strict', 'web'] as const)('the %s headers', (helmet) => {
  const answers = answersOf({ helmet });
  let project: Project;
  let bench: ProcessBench;
  let served: URL;

  beforeAll(async () => {
    ({ project, bench, served } = await start(`public-${helmet}`, helmet));
  });
  afterAll(() => bench.stop());

  test.each(['/page', '/healthz', '/auth/me'])(
    "get 130 points or more by the rules of MDN's HTTP Observatory: %s",
    async (path) => {
      const { score, failed } = await judge(project, served, path);
      expect(failed).toEqual([]);
      expect(score).toBeGreaterThanOrEqual(130);
    },
  );

  test("leave Google's CSP Evaluator nothing to find", async () => {
    const answer = await fetch(new URL('/page', served));
    const policy = new CspParser(answer.headers.get('Content-Security-Policy') ?? '').csp;
    const findings = new CspEvaluator(policy).evaluate();
    expect(findings.map(({ directive, description }) => `${directive}: ${description}`)).toEqual(
      answers.helmet === 'strict'
        ? []
        : [
            // A server with pages must let scripts of its own run; what else it serves is up to its routes.
            "script-src: 'self' can be problematic if you host JSONP, AngularJS or user uploaded files.",
          ],
    );
  });
});

test('the Observatory notices a header that is gone', async () => {
  const gone = change(
    'src/security/headers.ts',
    'crossOriginResourcePolicy: { policy: "same-origin" },',
    'crossOriginResourcePolicy: false,',
  );
  const { project, bench, served } = await start('public-sabotaged', 'strict', [gone]);
  try {
    expect((await judge(project, served, '/healthz')).score).toBeLessThan(130);
  } finally {
    await bench.stop();
  }
});

async function start(name: string, helmet: 'strict' | 'web', edits: readonly Edit[] = []) {
  const project = await makeProject(name, answersOf({ helmet }), [SERVED_PAGES, ...edits]);
  const bench = new ProcessBench(project);
  const { url } = await bench.start({ TRUST_PROXY: '1' });
  return { project, bench, served: url };
}

async function judge(project: Project, served: URL, path: string): Promise<Verdict> {
  const certificate = await makeCertificate();
  const file = join(project.folder, 'certificate.pem');
  await writeFile(file, certificate.cert);
  const proxy = await openTlsProxy(served, certificate);
  try {
    return await scan(proxy.port, path, file);
  } finally {
    await proxy.close();
  }
}
