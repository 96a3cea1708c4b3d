import { openHostLab } from './lab.ts';

/** Before the hosts: the packages of all of them, installed once. */
export default openHostLab;
