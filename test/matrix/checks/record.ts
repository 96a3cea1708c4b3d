import { createHash } from 'node:crypto';
import { parseEnv } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { type Check, remembered, textOf, texts } from './problem.ts';

const MANIFEST = '.secure-express/manifest.json';
const BASE = '.secure-express/base.gz';

/** The record says what was written, and nothing else. */
export const checkRecord: Check = function* (tree, answers) {
  const { files, answers: recorded } = JSON.parse(textOf(tree, MANIFEST));
  const base = JSON.parse(gunzipSync(tree.get(BASE)?.content ?? '').toString());
  if (JSON.stringify(recorded) !== JSON.stringify(answers)) yield `${MANIFEST}: other answers`;

  for (const [path, { content, feature, secret }] of tree) {
    if (path === MANIFEST || path === BASE) continue;
    if (secret) {
      if (path in files || path in base) yield `${path}: is secret and recorded`;
      continue;
    }
    if (files[path]?.sha256 !== sha256(path, String(content)))
      yield `${MANIFEST}: another hash of ${path}`;
    if (files[path]?.feature !== feature) yield `${MANIFEST}: another owner of ${path}`;
    if (base[path] !== content) yield `${BASE}: another content of ${path}`;
  }
  for (const path of new Set([...Object.keys(files), ...Object.keys(base)])) {
    if (!tree.has(path)) yield `${MANIFEST}: records ${path}, which is not written`;
  }
};

const sha256 = remembered((_path, text) => createHash('sha256').update(text).digest('hex'));

/** `.env` and its example have the same variables, the config reads them, and secrets stand in `.env` alone. */
export const checkEnvironment: Check = function* (tree) {
  const env = textOf(tree, '.env');
  const example = textOf(tree, '.env.example');
  if (tree.get('.env')?.mode !== 0o600) yield '.env: others may read it';
  if (!tree.get('.env')?.secret) yield '.env: is not marked as secret';

  const secrets = Object.entries(parseEnv(env));
  const shown = parseEnv(example);
  if (secrets.map(([name]) => name).join() !== Object.keys(shown).join()) {
    yield '.env.example: sets other variables than .env';
  }
  for (const [name, value] of Object.entries(shown)) {
    if (value !== '') yield `.env.example: has a value for ${name}`;
  }
  for (const [name, value = ''] of secrets) {
    if (value.length < 43) yield `.env: ${name} is no secret`;
    for (const [path, text] of texts(tree)) {
      if (path !== '.env' && text.includes(value)) yield `${path}: holds the secret ${name}`;
    }
  }

  const variables = [...example.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
  if (new Set(variables).size < variables.length) yield '.env.example: has a variable twice';
  const config = textOf(tree, 'src/config.ts');
  const read = [...config.matchAll(/^ {4}([A-Z][A-Z_]+): /gm)].map(([, name]) => name);
  for (const name of variables) {
    if (!read.includes(name)) yield `.env.example: the config does not read ${name}`;
  }
  for (const name of read) {
    // Said by the command, not by a file that is copied from machine to machine.
    if (name !== 'NODE_ENV' && !variables.includes(name)) yield `.env.example: lacks ${name}`;
  }
};
