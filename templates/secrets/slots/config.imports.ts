import { hasRepeats, secretList } from "./security/secrets.js";
