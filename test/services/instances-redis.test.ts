import { testInstances } from './instances.ts';

testInstances('redis');
