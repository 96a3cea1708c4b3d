import type { Created } from '../commands/create.ts';
import type { ExplainedError } from '../errors.ts';
import { pinned } from '../options/reproduce.ts';
import { version } from '../package-root.ts';
import { changeDocument } from './change-document.ts';
import type { Reporter } from './report.ts';
import { originWarning } from './summary.ts';

/**
 * Tells programs: exactly one JSON document on stdout, whatever happens; progress goes to stderr.
 *
 * @param out takes the document.
 * @param err takes the progress.
 */
export function reportToPrograms(
  out: (text: string) => void,
  err: (text: string) => void,
): Reporter {
  const document = (value: object) => out(JSON.stringify({ ...value, version }, null, 2));
  return {
    written: (changes) => err(`Wrote ${changes.length} files.`),
    stepBegins: (_, command) => err(`Running ${command}`),
    stepEnds: ({ name, status, note }) => err(`${name}: ${note ?? status}`),
    created: (result) => {
      const warning = originWarning(result.answers);
      if (warning !== undefined) err(`${warning}.`);
      document(createdDocument(result));
    },
    // The schema is the document itself, for tools that take one from a pipe.
    text: (name, text) => (name === 'options' ? out(text) : document({ ok: true, [name]: text })),
    diagnosed: (_, forPrograms) => document(forPrograms()),
    failed: (error) => document(failedDocument(error)),
  };
}

function createdDocument(result: Created): object {
  return {
    ok: true,
    command: 'create',
    dryRun: result.dryRun,
    directory: result.target.path,
    answers: result.answers,
    changes: result.changes.map(changeDocument),
    steps: result.steps,
    next: result.next,
    reproduce: pinned(...result.again),
    elapsedMs: result.elapsedMs,
  };
}

function failedDocument({ code, message, where, mend, exitCode }: ExplainedError): object {
  return { ok: false, error: { code, message, where, mend, exitCode } };
}
