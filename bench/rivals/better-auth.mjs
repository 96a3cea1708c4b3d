import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node';
import Database from 'better-sqlite3';
import express from 'express';

/** better-auth on Express as its documentation shows it: email and password, a session cookie, SQLite. */

const database = new Database(process.env.DATABASE_URL.slice('file:'.length));
database.pragma('journal_mode = WAL');
const auth = betterAuth({
  database,
  baseURL: `http://127.0.0.1:${process.env.PORT}`,
  secret: 'Zq3r8Vw1mXe7Tn5Yb2Kd9Hs4Jf6Lg0Pc',
  emailAndPassword: { enabled: true },
  telemetry: { enabled: false },
});
const { runMigrations } = await getMigrations(auth.options);
await runMigrations();
const signedUp = await auth.api.signUpEmail({
  body: { name: 'Alice', email: 'alice@example.com', password: 'a long walk on the pier' },
  asResponse: true,
});

const app = express();
app.all('/api/auth/*splat', toNodeHandler(auth));
app.use(express.json());

async function requireUser(req, res, next) {
  const session = await auth.api.getSession({ headers: fromNodeHeaders(req.headers) });
  if (!session) {
    res.status(401).json({ error: 'unauthenticated' });
    return;
  }
  req.user = session.user;
  next();
}

app.get('/auth/me', requireUser, (req, res) => {
  const { id, email, createdAt } = req.user;
  res.json({ user: { id, email, createdAt } });
});

app.listen(Number(process.env.PORT), '127.0.0.1', () => {
  const cookie = signedUp.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  console.log(JSON.stringify({ headers: { cookie } }));
});
