/** Tells whether a login is open and its user may use it: asked for each request with an access token. */
async isOpen({ userId, loginId }: Auth): Promise<boolean> {
  const [login] = await openLogin.execute({ userId, loginId });
  return login !== undefined && login.expiresAt > now();
},

