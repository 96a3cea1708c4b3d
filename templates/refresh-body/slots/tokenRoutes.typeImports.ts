import { readRefreshToken } from "./refresh-body.js";
