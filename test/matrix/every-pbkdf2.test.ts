import { testEvery } from './every-variant.ts';

testEvery('pbkdf2');
