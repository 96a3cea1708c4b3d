import { privateKeyList } from "./auth/signing-keys.js";
