import { createPrivateKey, sign } from "node:crypto";
