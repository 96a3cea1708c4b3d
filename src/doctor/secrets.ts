import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from './environment.ts';
import { type Examined, Sight } from './finding.ts';
import type { Repository } from './git.ts';
import { NotKnown } from './not-known.ts';
import type { ProjectRecord } from './record.ts';
import { faultOfKey, faultOfSecret } from './weak-secrets.ts';

/** Secrets are in no source and no build. */
const NOT_IN_SOURCE = 'ASVS v5.0.0-13.3.1';
/** Whoever need not see a secret cannot. */
const LEAST_PRIVILEGE = 'ASVS v5.0.0-13.3.2';
/** 128 bits of security at the least, and from a random generator. */
const STRENGTH = 'ASVS v5.0.0-11.2.3, 11.5.1';
/** One key, one purpose. */
const ONE_USE = 'NIST SP 800-57 Part 1 5.2';

/** How a new secret is made and an old one runs out. */
const renew = (packageManager: string, name: string) =>
  `Make one with \`${packageManager} run keys\`, put it first in ${name}, and take the old one out.`;

/** The secrets in `.env`, and who else may have read them. No secret is ever quoted. */
export async function examineSecrets(
  directory: string,
  { answers }: ProjectRecord,
  environment: Environment | NotKnown | undefined,
  opened: Repository | NotKnown | undefined,
): Promise<Examined> {
  const sight = new Sight('secrets');
  const untold = (question: string, { why }: NotKnown, requirement: string, mend: string) =>
    sight.find('.env', `it cannot be told ${question}: ${why}`, requirement, mend);
  const untoldByGit = (question: string, answer: NotKnown) =>
    untold(question, answer, NOT_IN_SOURCE, 'Run it where `git status` works.');
  const repository = opened instanceof NotKnown ? undefined : opened;
  if (opened instanceof NotKnown) untoldByGit('whether git has the secrets', opened);

  const ignored = await (repository ? repository.isIgnored('.env') : isListed(directory));
  if (ignored instanceof NotKnown) untoldByGit('whether git ignores it', ignored);
  else if (!ignored) {
    const hide = 'Write .env into .gitignore, and draw new secrets if it was ever shared.';
    sight.find('.env', 'is not ignored by git: the next commit may hold it', NOT_IN_SOURCE, hide);
  }
  const committed = await repository?.wasCommitted('.env');
  if (committed instanceof NotKnown) untoldByGit('whether it was committed', committed);
  else if (committed) {
    sight.find(
      '.env',
      'is, or was, in a commit: whoever can read the repository has the secrets',
      NOT_IN_SOURCE,
      `git rm --cached .env, draw new secrets with \`${answers.packageManager} run keys\`, and take it out of the history.`,
    );
  }
  if (environment instanceof NotKnown) {
    untold('what it holds', environment, STRENGTH, 'Run it as somebody who may read the file.');
    return sight.examined('.env cannot be read');
  }
  if (!environment) {
    sight.note('.env', 'is not here: the secrets of this machine come from elsewhere');
    return sight.examined('no .env');
  }

  const { settings, mode } = environment;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    const shown = mode.toString(8).padStart(4, '0');
    sight.find(
      '.env',
      `may be read by other users of the machine (${shown})`,
      LEAST_PRIVILEGE,
      'chmod 600 .env',
    );
  }
  const secrets = secretsIn(settings);
  // Words of tutorials stand in many a file; of the others, each must be nowhere else.
  const drawn: string[] = [];
  for (const { name, secret } of secrets) {
    const fault = name === KEYS ? faultOfKey(secret) : faultOfSecret(secret);
    if (fault) sight.find(name, fault, STRENGTH, renew(answers.packageManager, name));
    else drawn.push(secret);
  }
  for (const name of needed(answers)) {
    if (!settings[name]) sight.note(name, 'is not set in .env');
  }
  lookForReuse(sight, secrets, answers.packageManager);
  lookForWeakPasswords(sight, environment);
  const exposed = (await repository?.filesWith(drawn)) ?? [];
  if (exposed instanceof NotKnown) untoldByGit('whether its secrets stand elsewhere', exposed);
  else
    for (const file of exposed) {
      sight.find(
        file,
        'holds a secret of .env, and git tracks it',
        NOT_IN_SOURCE,
        `Take it out, and draw a new one with \`${answers.packageManager} run keys\`: the history keeps the old one.`,
      );
    }
  return sight.examined(`secrets in .env: ${secrets.length}`);
}

const KEYS = 'JWT_PRIVATE_KEYS';
const SECRET_LISTS = ['SESSION_SECRETS', 'JWT_SECRETS', KEYS] as const;

interface Secret {
  readonly name: string;
  readonly secret: string;
}

function secretsIn(settings: Environment['settings']): readonly Secret[] {
  return SECRET_LISTS.flatMap((name) =>
    (settings[name] ?? '')
      .split(',')
      .map((secret) => ({ name, secret: secret.trim() }))
      .filter(({ secret }) => secret !== ''),
  );
}

function needed({ auth, jwtAlgorithm }: ProjectRecord['answers']): readonly string[] {
  return [
    ...(auth === 'jwt' ? [] : ['SESSION_SECRETS']),
    ...(auth === 'session' ? [] : [jwtAlgorithm === 'HS256' ? 'JWT_SECRETS' : KEYS]),
  ];
}

function lookForReuse(sight: Sight, secrets: readonly Secret[], packageManager: string): void {
  const seen = new Map<string, string>();
  for (const { name, secret } of secrets) {
    const before = seen.get(secret);
    if (before === undefined) seen.set(secret, name);
    else {
      const what = before === name ? 'holds one secret twice' : `has a secret of ${before}`;
      sight.find(name, `${what}: one leak opens two doors`, ONE_USE, renew(packageManager, name));
    }
  }
}

/** Passwords inside addresses of stores that are not on this machine. */
function lookForWeakPasswords(sight: Sight, { settings, nameOf }: Environment): void {
  for (const name of ['DATABASE_URL', 'REDIS_URL']) {
    const address = settings[name] ?? '';
    if (!/^(?:postgres(?:ql)?|rediss?):/.test(address) || !URL.canParse(address)) continue;
    const { hostname, password, username } = new URL(address);
    if (/^(?:localhost|127\.[\d.]+|\[::1\])?$/.test(hostname)) continue;
    if (password.length >= 16 && password !== username) continue;
    sight.find(
      nameOf(name),
      password === '' ? 'has no password' : 'has a password that can be guessed',
      'ASVS v5.0.0-13.2.3',
      'Give the account of this server a random password of 16 characters or more.',
    );
  }
}

function isListed(directory: string): boolean {
  try {
    return /^\/?\.env$/m.test(readFileSync(join(directory, '.gitignore'), 'utf8'));
  } catch {
    return false;
  }
}
