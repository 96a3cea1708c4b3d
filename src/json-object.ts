/** What `{}` reads as in JSON; its values are not checked yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is one: neither null nor an array, whose `typeof` is the same. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
