import { attackVariant } from '../lab/attack-variant.ts';

attackVariant('jwt-hs256');
