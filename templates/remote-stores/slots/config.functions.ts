
/** Whether the way to a store leads over a network, rather than a loopback address or a socket of Unix. */
function needsTls(url: string): boolean {
  const { hostname, searchParams } = new URL(url);
  // An address may name its host once more, as a parameter: then that one counts.
  const host = searchParams.getAll("host").at(-1) ?? hostname;
  return !/^(?:|localhost|127(?:\.\d+){3}|\[?::1\]?|%2f.*|\/.*)$/i.test(host);
}
