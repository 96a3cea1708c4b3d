if (Buffer.byteLength(password) > MAX_BYTES) {
  throw refused("password_too_long", `Use at most ${MAX_BYTES} bytes of UTF-8.`);
}
// To bcrypt, which repeats a password with a NUL between, `x` and `x\0x` are one.
if (password.includes("\0")) {
  throw refused("password_unusable", "Use no control characters.");
}
