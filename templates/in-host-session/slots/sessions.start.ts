async start(request: Request, res: Response, user: User): Promise<Auth> {
  const req = withoutSession(request);
  await promised((done) => openSession(req, res, done));
