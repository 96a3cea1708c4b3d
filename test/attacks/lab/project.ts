import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Settings } from '../../../src/attacks/attack.ts';
import type { Answers } from '../../../src/options/answers.ts';
import { renderProject } from '../../../src/render/project.ts';
import { labFolder, layOut } from '../../matrix/lab/lab.ts';
import { applyEdits, type Edit } from './edits.ts';
import { hashingEdit } from './hashing.ts';

/** A generated project on disk, built, with the settings that a person would put into its environment. */
export interface Project {
  readonly answers: Answers;
  readonly folder: string;
  readonly settings: Settings;
  /** Its module that starts the server, and the one that closes accounts. */
  readonly server: string;
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
  await layOut(applyEdits(tree, [...edits, hashingEdit(answers.hash)]), folder);
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
    server: join(folder, 'dist/server.js'),
    manageUsers: join(folder, 'dist/manage-users.js'),
  };
}

function drawSecrets({ auth, jwtAlgorithm }: Answers): Settings {
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
