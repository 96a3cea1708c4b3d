import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../support/run.ts';

/**
 * MDN's HTTP Observatory. Not a devDependency: it brings a database, a web server and 130 MB with it, and its install
 * script downloads lists of all the world's domains. It is installed beside the lab, at one version, without scripts.
 */
const VERSION = '1.4.8';
const FOLDER = fileURLToPath(new URL(`../../.cache/observatory-${VERSION}/`, import.meta.url));
const PACKAGE = join(FOLDER, 'node_modules/@mdn/mdn-http-observatory');

/** So long may an answer take, on a machine that is busy with others (milliseconds); by itself it gives up after 9 s. */
const PATIENCE = '120000';

/** What it makes of a server. */
export interface Verdict {
  readonly score: number;
  /** The rules that were broken, by their names. */
  readonly failed: readonly string[];
}

/** Installs it, unless it is there. */
export async function installObservatory(): Promise<void> {
  // Written last, so what is there is whole. It is the list of hosts that browsers only ask over https: none is asked here.
  const list = join(PACKAGE, 'conf/hsts-preload.json');
  if (existsSync(list)) return;
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const dependencies = { '@mdn/mdn-http-observatory': VERSION };
  await writeFile(join(FOLDER, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const { exitCode, output } = await run(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund'],
    FOLDER,
  );
  if (exitCode !== 0) throw new Error(`the Observatory cannot be installed\n${output}`);
  await writeFile(list, '{}');
}

/**
 * Lets it look at `https://localhost:PORT/PATH`, in a process of its own that trusts one more certificate.
 *
 * @param certificate a PEM file
 */
export async function scan(port: number, path: string, certificate: string): Promise<Verdict> {
  const scanner = JSON.stringify(join(PACKAGE, 'src/scanner/index.js'));
  const script = `
    import { scan } from ${scanner};
    const { scan: { score }, tests } = await scan('localhost:${port}${path}');
    const failed = Object.values(tests).filter(({ pass }) => !pass).map(({ result }) => result);
    console.log('verdict ' + JSON.stringify({ score, failed }));
    process.exit();`;
  const { output } = await run(process.execPath, ['--input-type=module', '-e', script], FOLDER, {
    NODE_EXTRA_CA_CERTS: certificate,
    ABORT_TIMEOUT: PATIENCE,
    CLIENT_TIMEOUT: PATIENCE,
  });
  const [, verdict] = /^verdict (.*)$/m.exec(output) ?? [];
  if (!verdict) throw new Error(`the Observatory says nothing\n${output}`);
  return JSON.parse(verdict);
}
