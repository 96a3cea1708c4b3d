/** What is looked at, in the order of the report. */
export const PARTS = ['files', 'dependencies', 'secrets', 'settings', 'server'] as const;

export type Part = (typeof PARTS)[number];

/** One thing that is weaker than it was made, or than it must be. */
export interface Finding {
  readonly part: Part;
  /** A file, a setting, a package or an address. */
  readonly where: string;
  /** Never quotes a secret. */
  readonly what: string;
  /** What asks for it: ASVS 5.0.0, an RFC, NIST or an advisory. */
  readonly requirement: string;
  readonly mend: string;
}

/** One thing that is worth knowing and no weakness. */
export interface Note {
  readonly part: Part;
  readonly where: string;
  readonly what: string;
}

/** What one part of the examination saw. */
export interface Examined {
  /** What was looked at, in a few words. */
  readonly looked: string;
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  /** How many files that defend were edited in ways that only attacks can judge. */
  readonly unjudged?: number;
}

/** Gathers what one part sees. */
export class Sight {
  readonly findings: Finding[] = [];
  readonly notes: Note[] = [];
  readonly #part: Part;

  constructor(part: Part) {
    this.#part = part;
  }

  find(where: string, what: string, requirement: string, mend: string): void {
    this.findings.push({ part: this.#part, where, what, requirement, mend });
  }

  note(where: string, what: string): void {
    this.notes.push({ part: this.#part, where, what });
  }

  examined(looked: string): Examined {
    return { looked, findings: this.findings, notes: this.notes };
  }
}
