import { attackProject } from '../attacks/lab/attack-variant.ts';
import { answersOf } from '../matrix/variants.ts';
import { onServers } from './lab/on-servers.ts';
import { newPlaces } from './lab/places.ts';

const answers = answersOf({
  auth: 'both',
  revocation: 'instant',
  database: 'postgres',
  sessionStore: 'redis',
  corsOrigins: ['https://app.example.com'],
});

onServers('attacks on a project with both', ['PostgreSQL', 'Redis'], (servers) => {
  attackProject('postgres-redis', answers, () => newPlaces(servers, answers));
});
