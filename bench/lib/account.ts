/** What a client sends to show who it is. */
export type Credential = Readonly<Record<string, string>>;

const PASSWORD = 'a long walk on the pier';

/** Makes an account in a generated project. */
export async function register(url: string, email: string): Promise<void> {
  await post(`${url}/auth/register`, { email, password: PASSWORD }, 201);
}

/** Signs in with a session. */
export async function sessionOf(url: string, email: string): Promise<Credential> {
  const response = await post(`${url}/auth/login`, { email, password: PASSWORD }, 200);
  const [cookie = ''] = response.headers.getSetCookie();
  return { cookie: cookie.split(';', 1)[0] ?? '' };
}

/** Signs in for an access token, by the route that the project has for it. */
export async function tokenOf(url: string, email: string, route: string): Promise<Credential> {
  const response = await post(url + route, { email, password: PASSWORD }, 200);
  const { accessToken } = (await response.json()) as { accessToken: string };
  return { authorization: `Bearer ${accessToken}` };
}

/** The body of a sign-in. */
export function signIn(email: string, password = PASSWORD): string {
  return JSON.stringify({ email, password });
}

async function post(url: string, body: object, expected: number): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.status === expected) return response;
  throw new Error(`POST ${url} answered ${response.status}: ${await response.text()}`);
}
