import { readdirSync } from "node:fs";

// One process for all tests: a process for each file would load the server anew each time.
for (const file of readdirSync(import.meta.dirname)) {
  if (file.endsWith(".test.ts")) await import(`./${file}`);
}
