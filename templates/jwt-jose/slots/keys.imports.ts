import { drawSigningKey } from "./draw-signing-key.js";
