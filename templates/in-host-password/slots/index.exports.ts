export { createSecurePasswords, type SecurePasswords } from "./secure-passwords.js";
