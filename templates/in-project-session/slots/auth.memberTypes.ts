/** Opens `req.session`, for what you keep there of whoever is signed in; put it behind `requireAuth`. */
readonly session: RequestHandler;
