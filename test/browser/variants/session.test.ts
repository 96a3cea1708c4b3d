import { proveClaims } from '../lab/prove-claims.ts';

proveClaims('session');
