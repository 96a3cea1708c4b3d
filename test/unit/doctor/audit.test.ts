import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { removeSync } from 'fs-extra/esm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { audit } from '../../../scripts/advisories/audit.ts';
import { NoAnswer } from '../../../scripts/advisories/npm.ts';

const published = new Map([
  ['qs', ['6.2.3', '6.2.4', '6.15.0']],
  ['@node-rs/argon2', ['2.0.2']],
]);

/** What the registry says of a package that has something, as registry.npmjs.org writes it. */
const QS = {
  id: 1087527,
  url: 'https://github.com/advisories/GHSA-hrpp-h998-j3pp',
  title: 'qs vulnerable to Prototype Pollution',
  severity: 'high',
  vulnerable_versions: '<6.2.4',
  cwe: ['CWE-1321'],
  cvss: { score: 7.5, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' },
};

/** How the registry answers an audit. */
let answer: { readonly status: number; readonly body: unknown };
let asked: { readonly method: string; readonly path: string; readonly body: unknown }[];
let folder: string;

const registry = createServer(async (req, res) => {
  const path = decodeURIComponent(req.url ?? '');
  if (req.method === 'GET') {
    res.end(JSON.stringify(packument(path.slice(1))));
    return;
  }
  asked.push({ method: req.method ?? '', path, body: JSON.parse(await textOf(req)) });
  res.writeHead(answer.status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(answer.body));
});

beforeEach(async () => {
  asked = [];
  folder = mkdtempSync(join(tmpdir(), 'cse-audit-'));
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await new Promise((resolve) => registry.close(resolve));
  removeSync(folder);
});

function run() {
  const { port } = registry.address() as AddressInfo;
  return audit(published, folder, {
    npm_config_registry: `http://127.0.0.1:${port}/`,
    npm_config_cache: join(folder, 'cache'),
    npm_config_update_notifier: 'false',
  });
}

test('asks for every version of every package at once, and reads what comes', async () => {
  answer = { status: 200, body: { qs: [QS] } };
  const { vulnerabilities } = await run();
  expect(asked).toEqual([
    {
      method: 'POST',
      path: '/-/npm/v1/security/advisories/bulk',
      body: Object.fromEntries(published),
    },
  ]);
  const via = { name: 'qs', title: QS.title, url: QS.url, range: '<6.2.4' };
  expect(vulnerabilities).toMatchObject({ qs: { via: [via] } });
});

test.each([
  ['refuses audits', 405, { error: 'method not allowed' }, /answers no audits: 405 /],
  ['has no audits', 404, {}, /answers no audits: 404 /],
  ['answers whatever it is asked', 200, {}, /knows no advisory of any version/],
])('a registry that %s is told', async (_what, status, body, told) => {
  answer = { status, body };
  const refused = await run().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(NoAnswer);
  expect(String(refused)).toMatch(told);
});

function packument(name: string) {
  const versions = (published.get(name) ?? []).map((version) => [version, { name, version }]);
  const latest = published.get(name)?.at(-1);
  return { name, 'dist-tags': { latest }, versions: Object.fromEntries(versions) };
}

async function textOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return String(req.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);
}
