/**
 * Quotes one word so that a shell hands it on as it is: for commands that people paste, none is ever run this way.
 * Double quotes with escapes are read alike by sh and by Windows programs; single quotes only by sh and PowerShell.
 */
export function shellQuote(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (process.platform === 'win32') return `"${word.replaceAll('"', '\\"')}"`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
