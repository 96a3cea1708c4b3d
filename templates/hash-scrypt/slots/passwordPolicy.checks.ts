// HMAC cannot tell `x` from `x\0` (RFC 2104 2).
if (password.includes("\0")) {
  throw refused("password_unusable", "Use no control characters.");
}
