import { COMMON_PASSWORDS } from "./common-passwords.js";
