/** What can be measured by itself; `npm run bench:stores` measures `stores`. */
export type Part = 'start-up' | 'regenerate' | 'me' | 'logins' | 'load' | 'stores';

const START_UP =
  'The whole time of the process, warm, in an empty folder. Goal: not slower than create-vite, which copies 12 files; ours renders, hashes and records some 90, and puts all or none of them in place.';

const REGENERATE =
  'The whole time of the process, warm. In a project only the generated files are read, so it does not grow with it; in a repo that was there before, its sources as well, up to 5,000 of them, to find where the app is made. Goal: 300 ms.';

const ME = `Each server runs in a process of its own with \`NODE_ENV=production\`; the load comes from another (autocannon). Generated projects have everything on (CORS with an origin, strict headers, CSRF check) and logs off. "CPU each" is the server's own processor time for a request, all threads included: the figure that the rest of the machine disturbs least, and "by CPU" are the ratios of how many requests the same processor time answers. A client sends the same token or cookie again and again, so EdDSA and ES256 signatures are checked once. Goals: 0.6 of bare Express, 4 times passport-jwt and better-auth.

- bare Express: \`res.json\` of the same body, with Express's defaults.
- passport-jwt as popular starters set it up: helmet, JSON and form parsers, compression, cors, passport, the secret as text, the user fetched for each request (drizzle with a prepared query on libSQL).
- better-auth as its documentation shows it for Express: email and password, a session cookie, SQLite by better-sqlite3, \`auth.api.getSession\` in a middleware.`;

const LOGINS = `100 sign-ins sent at the same moment, each from an address of its own, while \`GET /healthz\` is asked every 10 ms over another connection. The delay of the event loop is what \`monitorEventLoopDelay\` (resolution 5 ms, which is the least it shows) saw inside the server. Answers: 200 signed in, 401 wrong password, 429 the account's failures are used up, 503 too many are waiting.`;

const LOAD = `One server (sessions, Argon2id), loaded by autocannon with 1,000 connections, and then with 20 beside 1,000 that are held open as slowly as the server lets them: headers that never end, a body that comes byte by byte, answers that are never read; what the server closes is opened anew. Where the machine has slowhttptest, its three attacks follow, with its own verdict on whether the server was available. Of ten requests of an ordinary client one signs in, one registers, and eight ask \`GET /auth/me\` without a login, which is a 401. 503 with Retry-After is what the server announces when too many passwords wait. Afterwards each login that was confirmed is used, and each account registered again, which must be a 409. “Never answered” are connections that stayed without an answer to the end. libuv takes one new connection in each turn of the event loop; a server that answers every ready request in one turn leaves a hundred of a thousand waiting for more than a minute, so generated ones begin eight in a turn (\`src/http/turns.ts\`). The run fails where anything was lost, somebody was never answered, any other 5xx came, or the memory of the last third, of one load or of all after the first, is above that of the first third by more than a quarter.`;

const STORES =
  'Measured by `npm run bench:stores` (Linux; it starts PostgreSQL and Redis itself). Server, stores and load share one machine, so the processor times count for more than the requests a second.';

/** In the order of the page: what a section is called, and what there is to say of its figures. */
const SECTIONS: Readonly<Record<Part, { readonly title: string; readonly text: string }>> = {
  'start-up': { title: 'Start-up and generation', text: START_UP },
  regenerate: { title: '`regenerate` with nothing to change', text: REGENERATE },
  me: { title: '`GET /auth/me`', text: ME },
  logins: { title: '100 logins at once', text: LOGINS },
  load: { title: 'A thousand connections, and slow ones', text: LOAD },
  stores: { title: '`GET /auth/me` by store', text: STORES },
};

const HEAD = `# Benchmarks

\`npm run bench\` measures everything but the last section, which is \`npm run bench:stores\`, and writes it here; \`npm run bench -- --only start-up\`, \`regenerate\`, \`me\`, \`logins\` or \`load\` measures one section and leaves the others. With \`--quick\` either takes a fast look, and only prints.

A ratio is that of the medians; in brackets are the lowest and the highest ratio within one round. What is compared is measured in alternation, so that what else the machine does disturbs all of it. Where the load average is above the number of cores, others worked on the machine meanwhile: believe the processor times then, and little else.`;

/**
 * The text of `bench/RESULTS.md` with one section that was measured anew; the others stay as they are.
 *
 * @param page as it is; may be empty.
 * @param measured where and when, and the figures.
 */
export function resultsWith(page: string, part: Part, measured: string): string {
  const before = page.split(/^(?=## )/m).map((section) => section.trim());
  const sections = Object.entries(SECTIONS).flatMap(([name, { title, text }]) =>
    name === part
      ? [`## ${title}\n\n${text}\n\n${measured}`]
      : before.filter((section) => section.startsWith(`## ${title}\n`)),
  );
  return [HEAD, ...sections].join('\n\n').concat('\n');
}
