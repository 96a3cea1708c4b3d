import express from 'express';

/** Bare Express with its defaults: the least that an Express server can do to answer `GET /auth/me`. */

const user = {
  id: '6f0c2d0e-58d5-4d0e-a6a5-0d6d3a3c7f10',
  email: 'alice@example.com',
  createdAt: new Date().toISOString(),
};

const app = express();

app.get('/auth/me', (_req, res) => {
  res.json({ user });
});

app.listen(Number(process.env.PORT), '127.0.0.1', () => {
  console.log(JSON.stringify({ headers: {} }));
});
