import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { removeSync } from 'fs-extra/esm';
import type { TestProject } from 'vitest/node';
import { pack } from '../../../scripts/packed.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The tarball, as npm would publish it. */
    tarball: string;
    /** Its content, unpacked. */
    packageFolder: string;
  }
}

/** Packs the program once, so that the tests run what people get. */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'cse-packed-'));
  // One test runs the program as someone else, who must be able to read it.
  chmodSync(folder, 0o755);
  const tarball = await pack(folder);
  await execa('tar', ['-xzf', tarball, '-C', folder]);
  project.provide('tarball', tarball);
  project.provide('packageFolder', join(folder, 'package'));
  return () => removeSync(folder);
}
