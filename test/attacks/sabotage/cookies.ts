import { change, type Mutation } from './mutation.ts';

const COOKIES = 'src/security/cookies.ts';

const both = { variant: 'both-es256' } as const;
const session = { variant: 'session' } as const;

/** What is taken out of how cookies are set. */
export const cookieMutations: readonly Mutation[] = [
  {
    ...both,
    attack: 26,
    name: 'scripts may read the cookies',
    edits: [change(COOKIES, 'httpOnly: true', 'httpOnly: false')],
  },
  {
    ...both,
    attack: 26,
    name: 'cookies for the whole domain',
    edits: [change(COOKIES, 'httpOnly: true,', 'httpOnly: true, domain: "127.0.0.1",')],
  },
  {
    ...both,
    attack: 26,
    name: 'cookies also over plain http',
    edits: [
      change(
        COOKIES,
        'httpOnly: true, secure, sameSite',
        'httpOnly: true, secure: false, sameSite',
      ),
    ],
  },
  {
    ...both,
    attack: 26,
    name: 'the refresh cookie comes along with a link from another site',
    edits: [change(COOKIES, 'sameSite: "strict"', 'sameSite: "lax"')],
  },
  {
    ...session,
    attack: 26,
    name: 'the session cookie comes along with a link from another site',
    edits: [change('src/auth/sessions.ts', 'sameSite: "strict"', 'sameSite: "lax"')],
  },
  {
    ...both,
    attack: 26,
    name: 'cookies without the prefix',
    edits: [change(COOKIES, 'name: secure ?', 'name: false ?')],
  },
  {
    ...both,
    attack: 26,
    name: 'cookies for one folder',
    edits: [change(COOKIES, 'path: "/"', 'path: "/auth"')],
  },
];
