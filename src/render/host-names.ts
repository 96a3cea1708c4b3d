/** Settings that an app is likely to have already, for something else. */
const SETTINGS =
  /\b(?:DATABASE_(?:URL|PASSWORD|TLS|POOL_MAX)|REDIS_(?:URL|PASSWORD|TLS)|LOG_LEVEL|CORS_ORIGINS)\b/g;

/** Names of tables, alone or at the head of an index's or a key's name, in quotes. */
const TABLES = /(["`])((?:users|logins|limits)(?:_\w+)?)\1/g;

/** Gives settings names of the module's own, in code and in documents. */
export function hostNames(text: string): string {
  return text.replace(SETTINGS, (name) => `AUTH_${name}`);
}

/** Gives tables names of the module's own, where a file of the module names them in quotes. */
export function hostTables(path: string, text: string): string {
  if (!path.startsWith('database/')) return text;
  return text.replace(TABLES, (_, quote, name) => `${quote}auth_${name}${quote}`);
}
