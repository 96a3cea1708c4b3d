/** What of a host's own ours can take the place of, by the name of its package and of our module. */
export const REPLACEABLE = ['helmet', 'cors'] as const;

export type Replaceable = (typeof REPLACEABLE)[number];

const SESSIONS =
  'your own routes read what it knows of a user, and everybody who is signed in would be signed out';
const USERS = 'your users, and how they sign in, are in data and code of your own';

/** Why what people may well name next is not replaced. */
export const NEVER_REPLACED: Readonly<Record<string, string>> = {
  session: SESSIONS,
  'express-session': SESSIONS,
  'cookie-session': SESSIONS,
  passport: USERS,
  jwt: USERS,
  auth: USERS,
  password: USERS,
};
