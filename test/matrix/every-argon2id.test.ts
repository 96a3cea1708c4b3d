import { testEvery } from './every-variant.ts';

testEvery('argon2id');
