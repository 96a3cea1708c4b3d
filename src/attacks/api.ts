import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answers } from '../options/answers.ts';
import type { Target } from './attack.ts';
import { type Call, type Exchange, parseSetCookie, send, valueAt } from './client.ts';
import { ControlFailed, describeAnswer, describeRequest } from './evidence.ts';

export type Kind = 'session' | 'token';

export interface Account {
  readonly email: string;
  readonly password: string;
  readonly id: string;
}

/** What a client holds once it is signed in. */
export interface Login {
  readonly kind: Kind;
  readonly account: Account;
  readonly exchange: Exchange;
  /** What proves who it is: a cookie or a bearer token. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of a session: the cookie. Of a token login: its access token. */
  readonly credential: string;
  readonly cookieName: string | undefined;
  readonly refreshToken: string | undefined;
}

/**
 * Long enough, with every kind of character, and without a word of four letters, which could be the service's name.
 */
export const PASSWORD = 'An Owl, 2 Fox & 7 Cat';

/** One server, as one client at one address sees it, by the HTTP contract alone. */
export class Api {
  constructor(
    readonly target: Target,
    readonly answers: Answers,
    readonly address: string | undefined,
  ) {}

  /** The same server, from another address. */
  from(address: string | undefined): Api {
    return new Api(this.target, this.answers, address);
  }

  /** Sends a request, and sends it again as long as the server says that it is too busy and when to come back. */
  async send(method: string, path: string, call: Call = {}): Promise<Exchange> {
    for (let tries = 1; ; tries += 1) {
      const exchange = await this.sendOnce(method, path, call);
      const isBusy = exchange.status === 503 && exchange.headers['retry-after'] !== undefined;
      if (!isBusy || tries === MOST_TRIES) return exchange;
      await sleep(tries * 100);
    }
  }

  sendOnce(method: string, path: string, call: Call = {}): Promise<Exchange> {
    return send(this.target.url, method, path, call, this.address);
  }

  get(path: string, headers: Call['headers'] = {}): Promise<Exchange> {
    return this.send('GET', path, { headers });
  }

  post(path: string, json?: unknown, headers: Call['headers'] = {}): Promise<Exchange> {
    return this.send('POST', path, { headers, json });
  }

  /** Asks for what everybody gets: whether the server is well; of a module in an app, who one is. */
  visit(headers: Call['headers'] = {}): Promise<Exchange> {
    return this.get(this.visited, headers);
  }

  get visited(): string {
    return this.isInHost ? '/auth/me' : '/healthz';
  }

  /** What a visitor gets where all is well. */
  get welcome(): number {
    return this.isInHost ? 401 : 200;
  }

  /** Whether it is a module in an app, so that addresses beside its own are answered by somebody else. */
  get isInHost(): boolean {
    return this.target.host !== undefined;
  }

  /** Who the server takes a client for. */
  me(headers: Call['headers']): Promise<Exchange> {
    return this.get('/auth/me', headers);
  }

  /** Asks for the open logins: whoever has a token that is believed gets a list, if an empty one. */
  logins(headers: Call['headers']): Promise<Exchange> {
    return this.get('/auth/sessions', headers);
  }

  /** Registers a user that nobody else has. @throws {ControlFailed} */
  async register(password: string = PASSWORD, email: string = newEmail()): Promise<Account> {
    const exchange = await this.post('/auth/register', { email, password });
    const id = valueAt(exchange.json, 'user', 'id');
    if (exchange.status !== 201 || typeof id !== 'string') throw unlike(exchange, 201);
    return { email, password, id };
  }

  /** Tries to sign in, and says what came of it. */
  trySignIn(
    { email, password }: Pick<Account, 'email' | 'password'>,
    kind: Kind = this.kinds[0] ?? 'session',
    headers: Call['headers'] = {},
  ): Promise<Exchange> {
    return this.post(this.signInPath(kind), { email, password }, headers);
  }

  /** Signs in. @throws {ControlFailed} */
  async signIn(account: Account, kind?: Kind, headers?: Call['headers']): Promise<Login> {
    const exchange = await this.trySignIn(account, kind, headers);
    return this.loginOf(account, kind ?? this.kinds[0] ?? 'session', exchange);
  }

  /** Registers a user and signs in. */
  async newLogin(kind?: Kind): Promise<Login> {
    return this.signIn(await this.register(), kind);
  }

  /** What a client holds after an answer to signing in. @throws {ControlFailed} */
  loginOf(account: Account, kind: Kind, exchange: Exchange): Login {
    if (exchange.status !== 200) throw unlike(exchange, 200);
    const cookie = cookieNamed(exchange, kind === 'session' ? SESSION_COOKIE : REFRESH_COOKIE);
    const common = { kind, account, exchange, cookieName: cookie?.name };
    if (kind === 'session') {
      if (!cookie) throw unlike(exchange, 200);
      const headers = { Cookie: `${cookie.name}=${cookie.value}` };
      return { ...common, headers, credential: cookie.value, refreshToken: undefined };
    }
    const token = valueAt(exchange.json, 'accessToken');
    const refreshToken = this.refreshTokenIn(exchange);
    if (typeof token !== 'string' || !refreshToken) throw unlike(exchange, 200);
    return { ...common, headers: bearer(token), credential: token, refreshToken };
  }

  /** The refresh token that an answer gives out. */
  refreshTokenIn(exchange: Exchange): string | undefined {
    if (this.answers.refreshTransport === 'cookie') {
      return cookieNamed(exchange, REFRESH_COOKIE)?.value || undefined;
    }
    const token = valueAt(exchange.json, 'refreshToken');
    return typeof token === 'string' ? token : undefined;
  }

  /** What carries a refresh token. */
  withRefreshToken(login: Login, token: string = login.refreshToken ?? ''): Call {
    return this.answers.refreshTransport === 'cookie'
      ? { headers: { Cookie: `${login.cookieName}=${token}` } }
      : { json: { refreshToken: token } };
  }

  refresh(login: Login, token?: string): Promise<Exchange> {
    return this.send('POST', '/auth/refresh', this.withRefreshToken(login, token));
  }

  /** The open logins that a client sees of its user. @throws {ControlFailed} */
  async sessions(headers: Call['headers']): Promise<readonly unknown[]> {
    const exchange = await this.logins(headers);
    const sessions = valueAt(exchange.json, 'sessions');
    if (!Array.isArray(sessions)) throw unlike(exchange, 200);
    return sessions;
  }

  /** The ways to sign in that the project has. */
  get kinds(): readonly Kind[] {
    return kindsOf(this.answers);
  }

  signInPath(kind: Kind): string {
    return kind === 'token' && this.answers.auth === 'both' ? '/auth/token' : '/auth/login';
  }
}

/** How often somebody who is told to come back does so. */
const MOST_TRIES = 20;

const SESSION_COOKIE = /^(?:__Host-)?sid$/;
const REFRESH_COOKIE = /^(?:__Host-)?refresh$/;

/** The ways to sign in that a project has. */
function kindsOf({ auth }: Answers): readonly Kind[] {
  return auth === 'both' ? ['session', 'token'] : [auth === 'jwt' ? 'token' : 'session'];
}

export const hasSessions = ({ auth }: Answers): boolean => auth !== 'jwt';
export const hasTokens = ({ auth }: Answers): boolean => auth !== 'session';
export const always = (): boolean => true;

/** A browser sends a credential by itself. */
export const hasCookies = (answers: Answers): boolean =>
  hasSessions(answers) || answers.refreshTransport === 'cookie';

export function bearer(token: string): { Authorization: string } {
  return { Authorization: `Bearer ${token}` };
}

/** An email that nobody has. */
export function newEmail(): string {
  return `u${randomBytes(9).toString('hex')}@attacks.test`;
}

function cookieNamed(exchange: Exchange, name: RegExp) {
  return exchange.setCookies.map(parseSetCookie).find((cookie) => name.test(cookie.name));
}

function unlike(exchange: Exchange, status: number): ControlFailed {
  return new ControlFailed(
    `${describeRequest(exchange)} got ${describeAnswer(exchange)}, expected ${status}`,
  );
}
