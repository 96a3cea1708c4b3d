import { createOpenLogins } from "./open-logins.js";
