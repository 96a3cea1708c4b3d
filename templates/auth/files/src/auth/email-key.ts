/** The same key for every spelling of an address that a person would take for the same. */
export function emailKey(email: string): string {
  return email.normalize("NFC").toLowerCase();
}
