import { testEvery } from './every-variant.ts';

testEvery('scrypt');
