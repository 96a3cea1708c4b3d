import { drawSigningKey } from "../../scripts/draw-signing-key.js";
