import { testEvery } from './every-variant.ts';

testEvery('bcrypt');
