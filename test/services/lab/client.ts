import { randomUUID } from 'node:crypto';
import { type Call, type Exchange, send } from '../../../src/attacks/client.ts';

export const PASSWORD = 'a long walk on the pier';

/** What a client holds that is signed in. */
export interface Credential {
  readonly headers: Readonly<Record<string, string>>;
}

/** An email that nobody else has. */
export function newEmail(): string {
  return `${randomUUID()}@example.com`;
}

/** Sends a request from an address of its own, as the proxy in front would say. */
export function call(url: URL, request: string, more: Call = {}): Promise<Exchange> {
  const [method = '', path = ''] = request.split(' ');
  const headers = { 'X-Forwarded-For': anyAddress(), ...more.headers };
  return send(url, method, path, { ...more, headers });
}

function anyAddress(): string {
  const part = () => Math.floor(Math.random() * 256);
  return `10.${part()}.${part()}.${part()}`;
}

/** Makes an account. */
export async function register(url: URL): Promise<string> {
  const email = newEmail();
  const { status, text } = await call(url, 'POST /auth/register', {
    json: { email, password: PASSWORD },
  });
  if (status !== 201) throw new Error(`registering: ${status} ${text}`);
  return email;
}

/** Signs in with a session. */
export async function sessionOf(url: URL, email: string): Promise<Credential> {
  const answer = await call(url, 'POST /auth/login', { json: { email, password: PASSWORD } });
  if (answer.status !== 200) throw new Error(`signing in: ${answer.status} ${answer.text}`);
  return sessionIn(answer);
}

/** The session that an answer has opened. */
export function sessionIn({ setCookies }: Exchange): Credential {
  return { headers: { Cookie: setCookies[0]?.split(';', 1)[0] ?? '' } };
}

/** Signs in for tokens. */
export async function tokensOf(
  url: URL,
  email: string,
): Promise<Credential & { readonly refreshToken: string }> {
  const answer = await call(url, 'POST /auth/token', { json: { email, password: PASSWORD } });
  if (answer.status !== 200) throw new Error(`signing in: ${answer.status} ${answer.text}`);
  const { accessToken, refreshToken } = answer.json as Record<string, string>;
  return {
    headers: { Authorization: `Bearer ${accessToken}` },
    refreshToken: refreshToken ?? '',
  };
}

/** The status of a request that needs a login. */
export async function statusOf(url: URL, { headers }: Credential): Promise<number> {
  return (await call(url, 'GET /auth/sessions', { headers })).status;
}

/** Uses a refresh token. */
export function refresh(url: URL, refreshToken: string): Promise<Exchange> {
  return call(url, 'POST /auth/refresh', { json: { refreshToken } });
}
