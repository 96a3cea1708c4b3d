/** The user of a login, while both are open: asked for each request with an access token. */
async userOf({ userId, loginId }: Subject): Promise<User | undefined> {
  const [open] = await openLogin.execute({ userId, loginId });
  return open && open.expiresAt > now() ? open.user : undefined;
},

