import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Host, Settings } from '../../../src/attacks/attack.ts';
import type { Answers } from '../../../src/options/answers.ts';
import { renderProject } from '../../../src/render/project.ts';
import { labFolder, layOut } from '../../matrix/lab/lab.ts';
import { applyEdits, type Edit } from './edits.ts';
import { hashingEdit } from './hashing.ts';
import { lockTimeEdit } from './lock-time.ts';

/** A program on disk that can be attacked, built, with the settings that a person would put into its environment. */
export interface Attackable {
  readonly answers: Answers;
  readonly folder: string;
  readonly settings: Settings;
  /** What Node.js is called with to start the server. */
  readonly server: readonly string[];
  /** Its module that closes accounts, if it has one. */
  readonly manageUsers?: string;
  /** Set where it is an app that a module was added to. */
  readonly host?: Host;
}

/** A generated project. */
export interface Project extends Attackable {
  readonly manageUsers: string;
}

/**
 * Renders a project below the lab and builds it: module by module, without a look at the types, which others check.
 *
 * @param edits sabotage
 */
export async function makeProject(
  name: string,
  answers: Answers,
  edits: readonly Edit[] = [],
): Promise<Project> {
  const folder = await labFolder(name);
  const tree = await renderProject(answers);
  await layOut(applyEdits(tree, [...edits, hashingEdit(answers.hash), lockTimeEdit]), folder);
  await build({
    entryPoints: [join(folder, 'src/**/*.ts')],
    outdir: join(folder, 'dist'),
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  return {
    answers,
    folder,
    settings: drawSecrets(answers),
    server: [join(folder, 'dist/server.js')],
    manageUsers: join(folder, 'dist/manage-users.js'),
  };
}

/** The secrets that a program with these answers needs. */
export function drawSecrets({ auth, jwtAlgorithm }: Answers): Settings {
  const secret = () => randomBytes(32).toString('base64url');
  return {
    ...(auth !== 'jwt' && { SESSION_SECRETS: secret() }),
    ...(jwtAlgorithm === 'HS256' && { JWT_SECRETS: secret() }),
    ...(jwtAlgorithm === 'EdDSA' && { JWT_PRIVATE_KEYS: signingKey('EdDSA') }),
    ...(jwtAlgorithm === 'ES256' && { JWT_PRIVATE_KEYS: signingKey('ES256') }),
  };
}

function signingKey(alg: 'EdDSA' | 'ES256'): string {
  const { privateKey } =
    alg === 'EdDSA'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg };
  return Buffer.from(JSON.stringify(jwk)).toString('base64url');
}
