import { isIP } from "node:net";
