async start(request: Request, res: Response, user: User): Promise<string> {
  const req = withoutSession(request);
  await promised((done) => openSession(req, res, done));
