.get(requireAuth, (req, res) => {
  res.json({ user: publicUser(getAuth(req).user) });
})
