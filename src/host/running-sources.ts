import type { HostFiles } from './host-files.ts';

/** What is for tests or shows something, and is no part of what runs. */
const BESIDE =
  /(^|\/)(__tests__|__mocks__|tests?|spec|e2e|examples?|demos?|bench(marks?)?|fixtures|cypress|scripts)\/|\.(test|spec|e2e|bench)\.[cm]?[jt]s$|\.config\.[cm]?[jt]s$/;

/** The sources of a host that are part of what runs. */
export function runningSources(files: HostFiles): readonly string[] {
  return files.sources().filter((path) => !BESIDE.test(path));
}
