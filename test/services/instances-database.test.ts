import { testInstances } from './instances.ts';

testInstances('database');
