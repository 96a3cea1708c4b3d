import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';

/** Where the programs of PostgreSQL may be: on the path, or where Debian puts each version. */
function folders(): readonly string[] {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort().reverse() : [];
  return [
    ...(process.env.PATH ?? '').split(':'),
    ...versions.map((version) => join(DEBIAN, version, 'bin')),
  ];
}

/** The path of a program; undefined where it is not on this machine. */
function find(name: string): string | undefined {
  return folders()
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

const initdb = find('initdb');
const postgres = find('postgres');
const redis = find('redis-server');

/** The programs that the tests start. */
export const programs = { initdb, postgres, redis };

export type ServerName = 'PostgreSQL' | 'Redis';

/** Which of the servers are not on this machine, in words; undefined where all are there. */
export function missing(...servers: readonly ServerName[]): string | undefined {
  const there = { PostgreSQL: initdb && postgres, Redis: redis };
  return servers.filter((server) => !there[server]).join(' and ') || undefined;
}
