import { MUTATIONS } from '../attacks/sabotage/mutations.ts';
import { tryHosts } from './every-host.ts';
import { FIXTURES } from './lab/shapes.ts';
import { OF_HOSTS, trySabotage } from './sabotage.ts';

tryHosts(FIXTURES, 'hosts');
await trySabotage([...MUTATIONS, ...OF_HOSTS], 'hosts', 45);
