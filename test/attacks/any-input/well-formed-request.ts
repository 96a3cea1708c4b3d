import fc from 'fast-check';
import type { Answers } from '../../../src/options/answers.ts';
import { type AnyRequest, headerText } from './any-request.ts';

/** A request that no check of its kind or origin stops: a route's handler has to look at its body. */
export interface WellFormedRequest {
  readonly path: string;
  /** Which of the sender's live credentials it carries. */
  readonly carries: readonly ('cookie' | 'bearer')[];
  readonly userAgent: string;
  /** JSON, with names in the place of what is the sender's: see `Sender`. */
  readonly body: string | undefined;
}

/** Somebody with an account who has just signed in. */
export interface Sender {
  readonly email: string;
  /** An email that nobody has. */
  readonly newEmail: string;
  readonly refreshToken: string;
  readonly cookie: string | undefined;
  readonly accessToken: string | undefined;
  /** Where the requests come from. */
  readonly address: string;
}

/** Every sender's. */
export const PASSWORD = 'a long walk on the pier';

/** The routes that read a body, with the fields that each takes and what is right in them. */
export function bodyRoutes(answers: Answers): Readonly<Record<string, Fields>> {
  const signIn = { email: ['OWN_EMAIL'], password: [PASSWORD] };
  const token = { refreshToken: ['OWN_TOKEN'] };
  return {
    '/auth/register': { email: ['NEW_EMAIL', 'OWN_EMAIL'], password: [PASSWORD] },
    '/auth/login': signIn,
    '/auth/logout': answers.refreshTransport === 'body' ? token : {},
    '/auth/password': {
      currentPassword: [PASSWORD],
      newPassword: [PASSWORD, 'the pier is closed today'],
    },
    ...(answers.auth === 'both' && { '/auth/token': signIn }),
    ...(answers.auth !== 'session' && { '/auth/refresh': token }),
  };
}

type Fields = Readonly<Record<string, readonly string[]>>;

/** Not far from a text that is right: what folding, trimming, cutting and counting may stumble over. */
const nearly = (right: string): readonly string[] => [
  ` ${right} `,
  right.replace('EMAIL', 'EMAIL_SHOUTED'),
  `${right}\0`,
  `\0${right}`,
  `${right}\ud800`,
  `\udc00${right}`,
  `${right}\u0301`,
  `\u202e${right}`,
  `${right}\u{1f9ff}`,
  `ﬃ${right}`,
  `İ${right}`,
  right.repeat(3),
  right.repeat(60),
  right.slice(1),
  'x@[::1]',
  "'--",
  '',
];

/** Not a text at all, as JSON. */
const wrongKinds: readonly string[] = [
  ...['null', 'true', '0', '-0', '1e400', '9007199254740993', '[]', '{}', '["x"]', '[[],[]]'],
  ...[
    '{"length":5}',
    '{"toString":1}',
    '{"__proto__":{"polluted":true}}',
    '{"then":{}}',
    '{"$ne":1}',
  ],
  '['.repeat(500) + ']'.repeat(500),
];

/** The value of one field, as JSON. */
const fieldOf = (right: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...right).map(quoted) },
    { weight: 2, arbitrary: fc.constantFrom(...right.flatMap(nearly)).map(quoted) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }).map(quoted) },
    { weight: 1, arbitrary: fc.constantFrom(...wrongKinds) },
    { weight: 1, arbitrary: fc.json() },
  );

const quoted = (text: string): string => JSON.stringify(text);

type Member = readonly [name: string, json: string];

/** What belongs into no body: names that every object inherits, and others. */
const stranger: fc.Arbitrary<Member> = fc.constantFrom<Member[]>(
  ['__proto__', '{"polluted":true}'],
  ['__proto__', 'null'],
  ['constructor', '{"prototype":{"polluted":true}}'],
  ['toString', '"x"'],
  ['role', '"admin"'],
  ['', '1'],
  // For the second time, as the last one counts.
  ['email', '"twice@example.com"'],
);

function bodyOf(fields: Fields): fc.Arbitrary<string | undefined> {
  const members = Object.entries(fields).map(([name, right]) =>
    fc.option(
      fieldOf(right).map((json): Member => [name, json]),
      { freq: 15, nil: undefined },
    ),
  );
  const nobody = { weight: 4, arbitrary: fc.constant(undefined) };
  const object = fc.tuple(...members, fc.oneof(nobody, stranger)).map((all) => {
    const present = all.filter((member) => member !== undefined);
    return `{${present.map(([name, json]) => `${quoted(name)}:${json}`).join()}}`;
  });
  return fc.oneof(
    { weight: 15, arbitrary: object },
    fc.constantFrom('[]', '[{}]', '{}', ' \n{ } ', undefined),
  );
}

/** Requests to the routes of `bodyRoutes`, from right to nearly right to wrong. */
export function wellFormedRequest(routes: Readonly<Record<string, Fields>>) {
  const carries = fc.oneof(
    fc.constant([]),
    fc.subarray<'cookie' | 'bearer'>(['cookie', 'bearer'], { minLength: 1 }),
  );
  return fc.oneof(
    ...Object.entries(routes).map(([path, fields]) => ({
      // Half of those to this one stop at the question who is signed in.
      weight: path === '/auth/password' ? 2 : 1,
      arbitrary: fc.record<WellFormedRequest>({
        path: fc.constant(path),
        carries,
        userAgent: headerText,
        body: bodyOf(fields),
      }),
    })),
  );
}

/** The request, as this sender sends it. */
export function sentBy(sender: Sender, request: WellFormedRequest): AnyRequest {
  const { path, carries, userAgent, body } = request;
  const { cookie, accessToken } = sender;
  return {
    method: 'POST',
    path,
    headers: {
      'X-Forwarded-For': sender.address,
      'User-Agent': userAgent,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(cookie && carries.includes('cookie') && { Cookie: cookie }),
      ...(accessToken && carries.includes('bearer') && { Authorization: `Bearer ${accessToken}` }),
    },
    body: body === undefined ? undefined : Buffer.from(asOf(sender, body)),
  };
}

function asOf({ email, newEmail, refreshToken }: Sender, body: string): string {
  return body
    .replaceAll('OWN_EMAIL_SHOUTED', email.toUpperCase())
    .replaceAll('NEW_EMAIL_SHOUTED', newEmail.toUpperCase())
    .replaceAll('OWN_EMAIL', email)
    .replaceAll('NEW_EMAIL', newEmail)
    .replaceAll('OWN_TOKEN', refreshToken);
}
