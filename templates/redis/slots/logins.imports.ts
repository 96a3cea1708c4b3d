import { createOpenLogins, ENDED } from "./open-logins.js";
