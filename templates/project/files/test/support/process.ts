import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = new URL("../../", import.meta.url);
const TSX = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with the first match on standard output; rejects where the program ends without one. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
}

/**
 * Starts a TypeScript file of the project, with these settings and no others.
 *
 * @param folder the working directory, where no .env adds to the settings
 */
export function run(
  file: string,
  { folder, settings, args = [] }: { folder: string; settings: object; args?: readonly string[] },
): Running {
  const program = fileURLToPath(new URL(file, ROOT));
  const child = spawn(process.execPath, ["--import", TSX, program, ...args], {
    cwd: folder,
    // Windows finds its own parts by the environment.
    env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, ...settings },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  return {
    child,
    ended,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(stdout);
          if (match) resolve(match);
        };
        look();
        child.stdout.on("data", look);
        void ended.then(() => reject(new Error(`it ended without ${pattern}: ${stdout}${stderr}`)));
      }),
  };
}

/** Gives a test an empty folder that is gone afterwards. */
export async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "api-test-"));
  try {
    await test(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
