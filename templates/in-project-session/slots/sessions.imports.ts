import { Problem } from "../http/problem.js";
