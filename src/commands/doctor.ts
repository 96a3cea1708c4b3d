import { send } from '../attacks/client.ts';
import type { AttackListener } from '../attacks/runner.ts';
import { examineDependencies } from '../doctor/dependencies.ts';
import { readEnvironment } from '../doctor/environment.ts';
import { examineFiles } from '../doctor/files.ts';
import { type Examined, type Finding, PARTS, type Part } from '../doctor/finding.ts';
import { openRepository } from '../doctor/git.ts';
import { NotKnown } from '../doctor/not-known.ts';
import { type ProjectRecord, readRecord } from '../doctor/record.ts';
import { examineSecrets } from '../doctor/secrets.ts';
import type { ServerExamined, ServerUnderTest } from '../doctor/server.ts';
import { examineSettings } from '../doctor/settings.ts';
import { InputError } from '../errors.ts';
import { readPartsOfHost } from '../host/parts-of-host.ts';
import { openProject } from './open-project.ts';

/** What to look at, as the command line says it. */
export interface DoctorRequest {
  /** Absolute: the project's folder. */
  readonly cwd: string;
  /** A running server to attack; only one of this machine, unless `allowHost` names its host. */
  readonly url: string | undefined;
  readonly allowHost: string | undefined;
  /** Whether the attacks may make accounts and use up limits. */
  readonly disturb: boolean;
}

/** What was seen. */
export interface Diagnosis {
  readonly record: ProjectRecord;
  readonly parts: ReadonlyMap<Part, Examined>;
  /** Present where a server was attacked. */
  readonly server?: ServerExamined;
  /** In the order of the parts. */
  readonly findings: readonly Finding[];
}

/**
 * Examines a project against what it was made from, and a running server if one is named. Writes nothing, but puts
 * right what a killed run left; sends nothing but to that server, and runs nothing of the project.
 *
 * @param begins hears of each attack.
 * @throws {InputError} where `cwd` is no directory or has no record, or the server may not be attacked or does not answer
 */
export async function doctor(request: DoctorRequest, begins?: AttackListener): Promise<Diagnosis> {
  const { disturb } = request;
  const url = request.url === undefined ? undefined : readUrl(request.url, request.allowHost);
  const cwd = openProject(request.cwd);
  const record = readRecord(cwd);
  const read = readEnvironment(cwd, record.folder !== undefined);
  const parts = new Map<Part, Examined>([
    ['files', await examineFiles(cwd, record)],
    ['dependencies', examineDependencies(cwd, record)],
    ['secrets', await examineSecrets(cwd, record, read, await openRepository(cwd))],
    ['settings', examineSettings(record, read)],
  ]);
  const environment = read instanceof NotKnown ? undefined : read;
  const host = record.folder === undefined ? undefined : readPartsOfHost(cwd, record.folder);
  const server = url && (await examineRunning(url, { record, environment, host, disturb, begins }));
  if (server) parts.set('server', server);
  const findings = PARTS.flatMap((part) => parts.get(part)?.findings ?? []);
  return { record, parts, findings, ...(server && { server }) };
}

async function examineRunning(
  url: URL,
  { record, ...more }: Omit<ServerUnderTest, 'answers'> & { readonly record: ProjectRecord },
): Promise<ServerExamined> {
  await mustAnswer(url);
  // Half of the program: loaded only where it is wanted.
  const { examineServer } = await import('../doctor/server.ts');
  return examineServer(url, { answers: record.answers, ...more });
}

/**
 * The address of a server that may be attacked: one of this machine, or one whose host is named twice.
 *
 * @throws {InputError} for any other
 */
export function readUrl(text: string | undefined, allowedHost: string | undefined): URL {
  if (text === undefined || !URL.canParse(text)) {
    throw refused('--url is no address', 'Give one such as http://127.0.0.1:3000.');
  }
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol)) throw refused('--url is not http', 'Give an http address.');
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (!isLoopback && url.hostname !== allowedHost) {
    const mend = `Attack only what is yours; if it is, add --allow-host ${url.hostname}.`;
    throw refused(`${url.hostname} (--url) is not this machine`, mend);
  }
  return url;
}

/** @throws {InputError} where nobody answers at an address */
export async function mustAnswer(url: URL): Promise<void> {
  try {
    // As the attacks send, which take a certificate of the server's own making.
    await send(url, 'GET', '/healthz', { timeout: 10_000 });
  } catch {
    throw refused(`Nobody answers at ${url.origin} (--url)`, 'Start the server first.');
  }
}

function refused(message: string, mend: string): InputError {
  return new InputError({ code: 'bad-url', message, where: '--url', mend });
}
