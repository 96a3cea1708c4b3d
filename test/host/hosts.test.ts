import { tryHosts } from './every-host.ts';
import { FIXTURES } from './lab/shapes.ts';

tryHosts(FIXTURES, 'hosts');
