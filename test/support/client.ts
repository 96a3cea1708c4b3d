import type { Answers } from '../../src/options/answers.ts';

const ACCOUNT = { email: 'alice@example.net', password: 'a long walk on the pier' };

/** Whether an origin of the answers may call; a pattern stands for any of its subdomains. */
const STRANGER = 'https://stranger.example';

/**
 * Uses a running server as its users would: registers, signs in, asks who is signed in, refreshes, signs out.
 *
 * @returns each thing that was not as it must be; none for a sound server
 */
export async function tryServer(
  origin: string,
  answers: Answers,
  accountExists: boolean,
): Promise<readonly string[]> {
  const faults: string[] = [];
  const call = async (
    status: number,
    request: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const [method = '', path = ''] = request.split(' ');
    const json = { 'Content-Type': 'application/json' };
    const answer = await fetch(new URL(path, origin), {
      method,
      headers: { ...headers, ...(body === undefined ? {} : json) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.status !== status)
      faults.push(`${request}: ${answer.status} instead of ${status}: ${text}`);
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
    return { answer, cookies, json: text.startsWith('{') ? JSON.parse(text) : {} };
  };

  await call(200, 'GET /readyz');
  await call(accountExists ? 409 : 201, 'POST /auth/register', { body: ACCOUNT });
  await call(401, 'POST /auth/login', { body: { ...ACCOUNT, password: 'something else' } });
  await call(401, 'GET /auth/me');

  if (answers.auth !== 'jwt') {
    const { cookies } = await call(200, 'POST /auth/login', { body: ACCOUNT });
    const headers = { Cookie: cookies.find((cookie) => /^(?:__Host-)?sid=/.test(cookie)) ?? '' };
    const { json } = await call(200, 'GET /auth/me', { headers });
    if (json.user?.email !== ACCOUNT.email) faults.push('GET /auth/me: somebody else');
    await call(403, 'POST /auth/logout', {
      headers: { ...headers, Origin: STRANGER, 'Sec-Fetch-Site': 'cross-site' },
    });
    await call(204, 'POST /auth/logout', { headers });
    await call(401, 'GET /auth/me', { headers });
  }

  if (answers.auth !== 'session') {
    const path = answers.auth === 'both' ? '/auth/token' : '/auth/login';
    const first = await call(200, `POST ${path}`, { body: ACCOUNT });
    const refreshed = await call(200, 'POST /auth/refresh', refreshOf(first));
    const headers = { Authorization: `Bearer ${refreshed.json.accessToken}` };
    await call(200, 'GET /auth/me', { headers });
    await call(401, 'POST /auth/refresh', refreshOf(first));
    // The replay has ended the login; without a look-up, an access token lives on until it expires.
    await call(answers.revocation === 'instant' ? 401 : 200, 'GET /auth/me', { headers });
    await call(401, 'POST /auth/refresh', refreshOf(refreshed));
  }
  const publishes = answers.auth !== 'session' && answers.jwtAlgorithm !== 'HS256';
  await call(publishes ? 200 : 404, 'GET /.well-known/jwks.json');

  for (const pattern of answers.corsOrigins) {
    const allowed = pattern.replace('*', 'any');
    const { answer } = await call(200, 'GET /healthz', { headers: { Origin: allowed } });
    if (answer.headers.get('Access-Control-Allow-Origin') !== allowed) {
      faults.push(`${allowed} may not read`);
    }
  }
  const { answer } = await call(200, 'GET /healthz', { headers: { Origin: STRANGER } });
  if (answer.headers.has('Access-Control-Allow-Origin')) faults.push(`${STRANGER} may read`);
  return faults;
}

/** How a client sends back the refresh token that an answer gave it. */
function refreshOf({
  cookies,
  json,
}: {
  cookies: readonly string[];
  json: { refreshToken?: string };
}) {
  const Cookie = cookies.find((cookie) => /^(?:__Host-)?refresh=/.test(cookie));
  return Cookie ? { headers: { Cookie } } : { body: { refreshToken: json.refreshToken } };
}
