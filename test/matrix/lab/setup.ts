import { openLab } from './lab.ts';

/** Before the matrix: the packages of all projects, installed once. */
export default openLab;
