/**
 * Opens `req.session` behind `requireAuth`. Who is signed in is known without: only what keeps something in it pays
 * for it.
 */
open: ((req, res, next) => {
  openSession(req, res, (error) => {
    if (error || req.session.login?.id === getAuth(req).loginId) return next(error);
    // What is kept there would be kept for nobody, or for somebody else.
    next(new Problem(401, "session_required", "Sign in with a session first."));
  });
}) satisfies RequestHandler,
