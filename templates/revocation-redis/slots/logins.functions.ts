/** The user of a login, while it is open: asked for each request with an access token. */
async userOf({ userId, loginId }: Subject): Promise<PublicUser | undefined> {
  const open = await openLogins.find(loginId, now());
  return open?.user.id === userId ? open.user : undefined;
},

