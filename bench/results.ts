/** What a run found: Markdown, a part each. */
export interface Findings {
  readonly machine: string;
  readonly versions: string;
  readonly startUp?: string;
  readonly regenerate?: string;
  readonly me?: string;
  readonly logins?: string;
}

/** The text of `bench/RESULTS.md`. */
export function results({ machine, versions, startUp, regenerate, me, logins }: Findings): string {
  return [
    '# Benchmarks',
    'Written by `npm run bench`, which measures everything again. `npm run bench -- --quick` takes a fast look, and `npm run bench -- --only start-up`, `regenerate`, `me` or `logins` looks at one part; these only print.',
    `${machine}\n- ${versions}`,
    'A ratio is that of the medians; in brackets are the lowest and the highest ratio within one round. What is compared is measured in alternation, so that what else the machine does disturbs all of it. Where the load average is above the number of cores, others worked on the machine meanwhile: believe the processor times then, and little else.',
    ...section('Start-up and generation', START_UP, startUp),
    ...section('`regenerate` with nothing to change', REGENERATE, regenerate),
    ...section('`GET /auth/me`', ME, me),
    ...section('100 logins at once', LOGINS, logins),
  ]
    .join('\n\n')
    .concat('\n');
}

function section(title: string, text: string, figures: string | undefined): string[] {
  return figures === undefined ? [] : [`## ${title}`, text, figures];
}

const START_UP =
  'The whole time of the process, warm, in an empty folder. Goal: not slower than create-vite.';

const REGENERATE =
  'The whole time of the process, warm. Only the generated files are read, so it does not grow with the project. Goal: 300 ms.';

const ME = `Each server runs in a process of its own with \`NODE_ENV=production\`; the load comes from another (autocannon). Generated projects have everything on (CORS with an origin, strict headers, CSRF check) and logs off. "CPU each" is the server's own processor time for a request, all threads included: the figure that the rest of the machine disturbs least, and "by CPU" are the ratios of how many requests the same processor time answers. A client sends the same token or cookie again and again, so EdDSA and ES256 signatures are checked once. Goals: 0.6 of bare Express, 4 times passport-jwt and better-auth.

- bare Express: \`res.json\` of the same body, with Express's defaults.
- passport-jwt as popular starters set it up: helmet, JSON and form parsers, compression, cors, passport, the secret as text, the user fetched for each request (drizzle with a prepared query on libSQL).
- better-auth as its documentation shows it for Express: email and password, a session cookie, SQLite by better-sqlite3, \`auth.api.getSession\` in a middleware.`;

const LOGINS = `100 sign-ins sent at the same moment, each from an address of its own, while \`GET /healthz\` is asked every 10 ms over another connection. The delay of the event loop is what \`monitorEventLoopDelay\` (resolution 5 ms, which is the least it shows) saw inside the server. Answers: 200 signed in, 401 wrong password, 429 the account's failures are used up, 503 too many are waiting.`;
