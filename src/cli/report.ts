import type { StepListener } from '../commands/afterwards.ts';
import type { Created, CreateHost } from '../commands/create.ts';
import type { ExplainedError } from '../errors.ts';

/** Tells what happens, to people or to programs. */
export interface Reporter extends StepListener, Pick<CreateHost, 'written'> {
  readonly created: (result: Created) => void;
  /** Text that a command is for, such as help. */
  readonly text: (name: 'help' | 'version' | 'options', text: string) => void;
  /** What the doctor saw, in the form that is wanted. */
  readonly diagnosed: (forPeople: () => string, forPrograms: () => object) => void;
  readonly failed: (error: ExplainedError) => void;
}
