import { trustProxy } from "./security/trust-proxy.js";
