async start(req: Request, res: Response, user: User): Promise<string> {
  if (!req.session) await promised((done) => openSession(req, res, done));
