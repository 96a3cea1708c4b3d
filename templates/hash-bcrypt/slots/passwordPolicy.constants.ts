/** What bcrypt reads, in bytes of UTF-8; longer passwords are refused, never cut (ASVS v5.0.0-6.2.8). */
const MAX_BYTES = 72;
