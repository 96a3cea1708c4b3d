export { default } from './dist/plop.js';
