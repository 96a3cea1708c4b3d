/** Opens `req.session`. Who is signed in is known without: only what keeps something in it pays for it. */
open: openSession,
