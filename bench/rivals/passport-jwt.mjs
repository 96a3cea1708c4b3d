import { randomBytes, randomUUID } from 'node:crypto';
import { createClient } from '@libsql/client';
import compression from 'compression';
import cors from 'cors';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/libsql';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import express from 'express';
import helmet from 'helmet';
import jwt from 'jsonwebtoken';
import passport from 'passport';
import { ExtractJwt, Strategy } from 'passport-jwt';

/**
 * passport-jwt as popular Express starters set it up: helmet, body parsers, compression, cors, the secret as text, and
 * the user fetched for each request. What they fetch it from varies; here it is what the generated project uses, with a
 * prepared query. Sanitizers for MongoDB and request logs are left out.
 */

const users = sqliteTable('users', {
  id: text('id').primaryKey(),
  email: text('email').notNull(),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
});

const client = createClient({ url: process.env.DATABASE_URL });
await client.execute('PRAGMA journal_mode = WAL');
await client.execute('CREATE TABLE users (id TEXT PRIMARY KEY, email TEXT, created_at INTEGER)');
const db = drizzle({ client, schema: { users } });
const findUser = db.query.users
  .findFirst({ where: (table, { eq }) => eq(table.id, sql.placeholder('id')) })
  .prepare();

const secret = randomBytes(32).toString('hex');
const id = randomUUID();
await db.insert(users).values({ id, email: 'alice@example.com', createdAt: new Date() });
const token = jwt.sign({ sub: id, type: 'access' }, secret, { expiresIn: '30m' });

passport.use(
  'jwt',
  new Strategy(
    { secretOrKey: secret, jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken() },
    async (payload, done) => {
      try {
        if (payload.type !== 'access') throw new Error('Invalid token type');
        const user = await findUser.execute({ id: payload.sub });
        done(null, user ?? false);
      } catch (error) {
        done(error, false);
      }
    },
  ),
);

const app = express();
app.use(helmet());
app.use(express.json());
app.use(express.urlencoded({ extended: true }));
app.use(compression());
app.use(cors());
app.use(passport.initialize());

app.get('/auth/me', passport.authenticate('jwt', { session: false }), (req, res) => {
  res.json({ user: req.user });
});

app.listen(Number(process.env.PORT), '127.0.0.1', () => {
  console.log(JSON.stringify({ headers: { authorization: `Bearer ${token}` } }));
});
