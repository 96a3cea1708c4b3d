import { parseCookie } from "cookie";
import { unsign } from "cookie-signature";

/** The most that are remembered: a few megabytes. */
const MAX_COOKIES = 10_000;

/**
 * Makes the function that finds the session id in a Cookie header, if one of our secrets has signed it.
 *
 * Cookies whose signature was found good are remembered: checking one costs more than the rest of signing a request in.
 * Whether the session is still open is not remembered here. Only good cookies get in, so that nobody can push them out
 * with others.
 *
 * @param name of the cookie
 * @param secrets the first signs, all verify
 */
export function createSessionIdReader(name: string, secrets: readonly string[]) {
  const known = new Map<string, string>();

  const verify = (signed: string): string | undefined => {
    for (const secret of secrets) {
      const id = unsign(signed, secret);
      if (id !== false) return id;
    }
    return undefined;
  };

  return (header: string | undefined): string | undefined => {
    const value = parseCookie(header ?? "")[name];
    if (!value?.startsWith("s:")) return undefined;
    const found = known.get(value);
    if (found !== undefined) return found;

    const id = verify(value.slice("s:".length));
    if (id === undefined) return undefined;
    const [oldest] = known.keys();
    if (known.size === MAX_COOKIES && oldest !== undefined) known.delete(oldest);
    known.set(value, id);
    return id;
  };
}
