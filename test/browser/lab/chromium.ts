import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Where Chromium is: what CHROMIUM says, else the first that the path has; undefined where there is none. */
export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env.CHROMIUM ?? '', ...candidates].find((path) => path && existsSync(path));
}

/**
 * Starts a Chromium for which every name in the world leads to one port of this machine, so that pages have real
 * names, the browser's list of public suffixes decides what a site is, and nothing leaves the machine.
 *
 * @param gateway the port behind https://anything; `localhost` and `127.0.0.1` stay what they are
 */
export function launchChromium(executablePath: string, gateway: number): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    args: [
      `--host-resolver-rules=MAP * 127.0.0.1:${gateway}, EXCLUDE localhost, EXCLUDE 127.0.0.1`,
      // A container may have next to no /dev/shm.
      '--disable-dev-shm-usage',
      // Its sandbox does not work for root, and runs nothing here but what this repository wrote.
      ...(isRoot ? ['--no-sandbox'] : []),
    ],
  });
}
