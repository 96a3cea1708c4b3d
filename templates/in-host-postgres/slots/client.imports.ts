import { runMigrations } from "./migrate.js";
