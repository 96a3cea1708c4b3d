import type { Feature } from './feature.ts';

/** What every project has: accounts, logins, passwords, limits. Its templates are where the other features plug in. */
export const auth: Feature = {
  id: 'auth',
  when: () => true,
  dependencies: ['rate-limiter-flexible', 'zod'],
  items: {
    'index.paths': ['register', 'me', 'password', 'sessions', 'logout', 'logout-all'].map(
      (path) => `"/auth/${path}"`,
    ),
    'logins.operators': ['and', 'desc', 'eq', 'gt', 'lte'],
    'logins.userTypes': ['User'],
    'logout.names': ['log', 'logins', 'requireAuth'],
  },
  env: [
    {
      name: 'PASSWORD_MIN_LENGTH',
      comment: 'The shortest password that a user may choose (characters, from 8 to 64).',
      fallback: '15',
    },
  ],
};

/** What the documents say of the way to be signed in as a whole; the code of each way is in its own feature. */
export const waysToSignIn: readonly Feature[] = (['session', 'jwt', 'both'] as const).map(
  (way) => ({ id: `auth-${way}`, when: ({ auth }) => auth === way }),
);

/** Whether looking up whose request it is has read the account already: always, never, or by one of two credentials. */
export const accountsKnown: readonly Feature[] = [
  {
    id: 'user-known',
    when: ({ auth, revocation }) => auth === 'session' || revocation === 'instant',
  },
  {
    id: 'user-asked-for',
    when: ({ auth, revocation }) => auth === 'jwt' && revocation === 'expiry',
  },
  {
    id: 'user-known-of-sessions',
    when: ({ auth, revocation }) => auth === 'both' && revocation === 'expiry',
  },
];

/** Whether the project's name, without its scope, is long enough to be refused in passwords: its own test says which. */
export const names: readonly Feature[] = [
  {
    id: 'name-long',
    when: ({ name }) => withoutScope(name).length >= 4,
    items: { 'security.guessable': ["The service's name and parts of the email are refused"] },
  },
  {
    id: 'name-short',
    when: ({ name }) => withoutScope(name).length < 4,
    items: { 'security.guessable': ['Parts of the email, of four letters or more, are refused'] },
  },
];

function withoutScope(name: string): string {
  return name.replace(/^.*\//, '');
}
