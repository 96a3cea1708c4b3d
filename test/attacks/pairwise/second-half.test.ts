import { attackHalf } from './pairwise-variants.ts';

attackHalf(1);
