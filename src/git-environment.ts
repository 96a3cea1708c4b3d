/** What is kept of git's environment: who commits, and where the configuration lies. */
const KEPT = /^GIT_((AUTHOR|COMMITTER)_(NAME|EMAIL)|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)|EXEC_PATH)$/;

/** A GIT_DIR or an index of another repository, as hooks leave them, would have git read or write that one. */
export function withoutGit(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('GIT_') || KEPT.test(name)),
  );
}
