import { attackVariant } from '../lab/attack-variant.ts';

attackVariant('session');
