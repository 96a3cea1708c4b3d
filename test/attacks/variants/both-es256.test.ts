import { attackVariant } from '../lab/attack-variant.ts';

attackVariant('both-es256');
