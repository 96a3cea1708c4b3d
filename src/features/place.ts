import type { ProjectAnswers } from '../options/answers.ts';
import { cookies } from './browser.ts';
import type { Feature } from './feature.ts';
import { usesKeyPairs } from './jwt.ts';
import { hasAccounts, type Module } from './modules.ts';
import { randomSecrets } from './secrets.ts';
import { usesSessions } from './session.ts';

const inProject = ({ host }: ProjectAnswers): boolean => host === undefined;
/** As the repo of somebody else, for a module of that name. */
const has =
  (module: Module) =>
  (answers: ProjectAnswers): boolean =>
    answers.host !== undefined && modulesOf(answers).includes(module);
const modulesOf = ({ modules }: ProjectAnswers): readonly Module[] => modules ?? ['auth'];
const inHost = (answers: ProjectAnswers): boolean =>
  answers.host !== undefined && hasAccounts(modulesOf(answers));

const usesSqlite = ({ database }: ProjectAnswers): boolean => database === 'sqlite';
const usesPostgres = ({ database }: ProjectAnswers): boolean => database === 'postgres';

/**
 * Where the code stands: in a project of its own, with a server, settings of its own and files beside it; or in a repo
 * that exists, as a module that brings all it needs and finds it after whatever build the repo has.
 */
export const places: readonly Feature[] = [
  {
    id: 'in-project',
    when: inProject,
    items: ({ packageManager }) => ({
      'keys.one': [`make one with \`${packageManager} run keys\``],
      'keys.oneEscaped': [`make one with \\\`${packageManager} run keys\\\``],
      'keys.another': [`make another with \`${packageManager} run keys\``],
    }),
  },
  { id: 'in-project-sqlite', when: (answers) => inProject(answers) && usesSqlite(answers) },
  { id: 'in-project-postgres', when: (answers) => inProject(answers) && usesPostgres(answers) },
  { id: 'in-project-session', when: (answers) => inProject(answers) && usesSessions(answers) },
  {
    id: 'in-host',
    when: ({ host }) => host !== undefined,
    items: ({ host }) => {
      const where = host && `${host.folder}/README.md says how to make`;
      return {
        'keys.one': [`${where} one`],
        'keys.oneEscaped': [`${where} one`],
        'keys.another': [`${where} another`],
      };
    },
  },
  { id: 'in-host-auth', when: inHost },
  {
    id: 'in-host-plain',
    when: ({ host, modules = ['auth'] }) => host !== undefined && !hasAccounts(modules),
  },
  { id: 'in-host-password', when: has('password') },
  {
    id: 'in-host-cors',
    when: (answers) => has('cors')(answers) && answers.corsOrigins.length > 0,
  },
  { id: 'in-host-helmet', when: has('helmet') },
  { id: 'in-host-sqlite', when: (answers) => inHost(answers) && usesSqlite(answers) },
  { id: 'in-host-postgres', when: (answers) => inHost(answers) && usesPostgres(answers) },
  { id: 'in-host-session', when: (answers) => inHost(answers) && usesSessions(answers) },
  { id: 'in-host-cookies', when: (answers) => inHost(answers) && cookies.when(answers) },
  {
    id: 'in-host-random-secrets',
    when: (answers) => inHost(answers) && randomSecrets.when(answers),
  },
  { id: 'in-host-jose', when: (answers) => inHost(answers) && usesKeyPairs(answers) },
  { id: 'in-host-express4', when: ({ host }) => host?.express === 4 },
];
