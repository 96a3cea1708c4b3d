
/** Signs a user in for tokens. */
export async function signInForTokens(
  api: TestApi,
  email: string,
  headers: Call["headers"] = {},
): Promise<Client> {
  const body = { email, password: PASSWORD };
  const answer = await api.call("POST", "/auth/{{join "tokenRoutes.path"}}", { headers, body });
  return { email, answer, headers: { Authorization: `Bearer ${answer.json.accessToken}` } };
}
