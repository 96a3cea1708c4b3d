import type { Feature } from './feature.ts';
import { usesSessions } from './session.ts';

/** Defences that browsers need wherever a cookie says who is signed in. */
export const cookies: Feature = {
  id: 'cookies',
  when: (answers) => usesSessions(answers) || answers.refreshTransport === 'cookie',
  items: {
    'log.attacks': ['"request.cross_site"'],
    'readme.securityFolder': ['cross-site requests', 'cookies'],
  },
};

/** Where every credential is put into a request by the client, and nothing by the browser itself. */
export const cookiesNone: Feature = {
  id: 'cookies-none',
  when: (answers) => !cookies.when(answers),
};

export const cors: Feature = {
  id: 'cors',
  when: ({ corsOrigins }) => corsOrigins.length > 0,
  dependencies: ['cors'],
  devDependencies: ['@types/cors'],
  items: ({ corsOrigins }) => ({
    'csrf.arguments': ['log, isAllowedOrigin'],
    'csrf.parameters': ['log: Log, isAllowedOrigin: (origin: string) => boolean'],
    'csrf.passing': ['site === "same-origin" || site === "none" || allowed'],
    'cors.allowedHeaders': ['"Content-Type"'],
    'readme.origins': corsOrigins.map((origin) => `\`${origin}\``),
    'readme.securityFolder': ['CORS'],
    'readme.api': ['https://api.example.com'],
  }),
  env: [
    {
      name: 'CORS_ORIGINS',
      comment:
        'Whose pages may call this API from a browser. Comma separated: exact origins, or https://*.host patterns; or none.',
      fallback: ({ corsOrigins }) => corsOrigins.join(','),
    },
  ],
};

/** Origins of which one stands for many. */
export const corsPatterns: Feature = {
  id: 'cors-patterns',
  when: ({ corsOrigins }) => corsOrigins.some((origin) => origin.includes('*')),
};

export const corsNone: Feature = {
  id: 'cors-none',
  when: ({ corsOrigins }) => corsOrigins.length === 0,
  items: {
    'csrf.arguments': ['log'],
    'csrf.parameters': ['log: Log'],
    'csrf.passing': ['site === "same-origin" || site === "none"'],
    'readme.api': [''],
  },
};
