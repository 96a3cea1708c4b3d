import type { Feature } from './feature.ts';

export const databaseSqlite: Feature = {
  id: 'database-sqlite',
  when: ({ database }) => database === 'sqlite',
  dependencies: ['drizzle-orm', 'libsql'],
  devDependencies: ['drizzle-kit'],
  items: {
    'test.databaseUrl': ['"file::memory:"'],
    'readme.dockerRun': ['-v api-data:/data'],
  },
  scripts: { 'db:generate': 'drizzle-kit generate' },
  env: [
    {
      name: 'DATABASE_URL',
      comment: 'The SQLite file, relative to the working directory.',
      fallback: 'file:./data/app.db',
    },
  ],
};
