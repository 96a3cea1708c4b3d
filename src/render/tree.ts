/** One file of a project that is to be. */
export interface TreeFile {
  readonly content: string | Uint8Array;
  /** POSIX permission bits. */
  readonly mode: number;
  /** Id of the feature that owns the file. */
  readonly feature: string;
  /** Holds secrets drawn for this project: never printed, hashed or kept in the base. */
  readonly secret?: boolean;
}

/** Every file of a project, by its path relative to the project with `/` between folders, sorted. */
export type Tree = ReadonlyMap<string, TreeFile>;
