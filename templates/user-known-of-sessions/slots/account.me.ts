.get(requireAuth, async (req, res) => {
  const auth = getAuth(req);
  const user = auth.user ?? (await users.findActive(auth.userId));
  if (!user) throw unauthenticated();
  res.json({ user: publicUser(user) });
})
