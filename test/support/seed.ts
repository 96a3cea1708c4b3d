import fc from 'fast-check';

/**
 * Properties try the same values in each run, so that no run fails by chance; SEED=random draws others, and SEED=NUMBER
 * repeats those of a run that failed. Loaded before tests.
 */
const { SEED } = process.env;
const seed = SEED === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(SEED ?? 20_260_101);
if (SEED) console.log(`The properties' seed: SEED=${seed}`);
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
