/** The parts of the subject that a person can name; `auth` is the three that have to do with who somebody is. */
export const MODULES = ['jwt', 'session', 'password', 'cors', 'helmet', 'auth'] as const;

export type Module = (typeof MODULES)[number];

/** How the ids of a module's features begin. */
const PREFIXES: Readonly<Record<Exclude<Module, 'auth'>, readonly string[]>> = {
  jwt: ['jwt', 'refresh', 'revocation'],
  session: ['session'],
  password: ['hash', 'former'],
  cors: ['cors'],
  helmet: ['helmet'],
};

/** Whether a feature is part of one of the modules. */
export function isPartOf(featureId: string, modules: readonly Module[]): boolean {
  const prefixes = modules.flatMap((module) =>
    module === 'auth'
      ? ['auth', ...PREFIXES.jwt, ...PREFIXES.session, ...PREFIXES.password]
      : PREFIXES[module],
  );
  return prefixes.some((prefix) => featureId === prefix || featureId.startsWith(`${prefix}-`));
}

/** Whether what is put into a repo has to do with who somebody is: then it has accounts, and answers requests. */
export const hasAccounts = (modules: readonly Module[]): boolean =>
  modules.some((module) => ['auth', 'jwt', 'session'].includes(module));
