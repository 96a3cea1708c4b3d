import { proveClaims } from '../lab/prove-claims.ts';

proveClaims('jwt-cookie');
