
/** Whether the way to a store leads over a network, rather than a loopback address or a socket of Unix. */
function needsTls(url: string): boolean {
  const { hostname } = new URL(url);
  return !/^(?:|localhost|127(?:\.\d+){3}|\[::1\]|%2f.*)$/i.test(hostname);
}
