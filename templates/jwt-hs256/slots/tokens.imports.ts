import { createHmac } from "node:crypto";
