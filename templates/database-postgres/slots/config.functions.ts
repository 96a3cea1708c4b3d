
/** Whether the way to a database leads over no network: a loopback address, or a socket of Unix. */
function isThisMachine(url: string): boolean {
  const { hostname } = new URL(url);
  return /^(?:|localhost|127(?:\.\d+){3}|\[::1\]|%2f.*)$/i.test(hostname);
}
