/**
 * Where a file would be in a project that was made whole.
 *
 * @param folder that holds what is ours in a repo that was there before; undefined in a project that was made whole.
 */
export function placeInProject(path: string, folder: string | undefined): string {
  if (folder === undefined || !path.startsWith(`${folder}/`)) return path;
  return `src${path.slice(folder.length)}`.replace(/\.[cm]?js$/, '.ts');
}
