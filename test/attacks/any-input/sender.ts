import type { Answers } from '../../../src/options/answers.ts';
import type { AnyRequest } from './any-request.ts';
import { PASSWORD, type Sender } from './well-formed-request.ts';

/** What came back for a request. */
export interface Answer {
  readonly status: number;
  readonly cookies: readonly string[];
  readonly text: string;
}

/** Sends a request. */
export type Send = (request: AnyRequest) => Promise<Answer>;

/**
 * Registers an account and signs it in, in each way that there is.
 *
 * @param number which one it is: each has an email and an address of its own, so that none uses up another's limits
 * @throws where one of the two is refused
 */
export async function newSender(answers: Answers, send: Send, number: number): Promise<Sender> {
  const address = `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
  const email = `sender-${number}@any.example.net`;
  const post = async (path: string, status: number): Promise<Answer> => {
    const answer = await send({
      method: 'POST',
      path,
      headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': address },
      body: Buffer.from(JSON.stringify({ email, password: PASSWORD })),
    });
    if (answer.status !== status) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return answer;
  };

  await post('/auth/register', 201);
  const login = await post('/auth/login', 200);
  const tokens = JSON.parse(
    (answers.auth === 'both' ? await post('/auth/token', 200) : login).text,
  ) as { accessToken?: string; refreshToken?: string };
  return {
    email,
    newEmail: `new-${number}@any.example.net`,
    refreshToken: tokens.refreshToken ?? 'none',
    cookie: login.cookies.map((cookie) => cookie.split(';', 1)[0]).join('; ') || undefined,
    accessToken: tokens.accessToken,
    address,
  };
}
