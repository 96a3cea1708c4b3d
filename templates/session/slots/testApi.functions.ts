
/** Signs a user in with a session. */
export async function signInWithSession(
  api: TestApi,
  email: string,
  headers: Call["headers"] = {},
): Promise<Client> {
  const answer = await tryToSignIn(api, email, PASSWORD, headers);
  return { email, answer, headers: { Cookie: cookieOf(answer, "sid") } };
}
