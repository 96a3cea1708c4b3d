.get(requireAuth, async (req, res) => {
  const user = await users.findActive(getAuth(req).userId);
  if (!user) throw unauthenticated();
  res.json({ user: publicUser(user) });
})
