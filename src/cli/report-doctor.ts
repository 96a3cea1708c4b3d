import type { AttackListener } from '../attacks/runner.ts';
import type { Diagnosis } from '../commands/doctor.ts';
import { type Finding, type Note, PARTS, type Part } from '../doctor/finding.ts';
import { visible } from '../options/printable.ts';
import type { Palette } from './colour.ts';
import { count, textWidth, wrap } from './layout.ts';
import { startSpinner } from './spinner.ts';

const TITLES: Readonly<Record<Part, string>> = {
  files: 'Files',
  dependencies: 'Dependencies',
  secrets: 'Secrets',
  settings: 'Settings',
  server: 'Server',
};

/** The longest that a spinner adds to its text. */
const AROUND = '⠋  … 1000 s'.length;

/**
 * Shows on one line of a terminal which attack has begun last.
 *
 * @param write to the terminal, which is so wide
 * @returns what hears of the attacks, and what takes the line away again
 */
export function showAttacks(
  write: (text: string) => void,
  columns: () => number,
): { readonly begins: AttackListener; readonly end: () => void } {
  let line = '';
  let stop: (() => void) | undefined;
  return {
    begins: (title, number, all) => {
      line = `attack ${number} of ${all}: ${title}`;
      stop ??= startSpinner(write, () => line.slice(0, Math.max(0, columns() - AROUND)));
    },
    end: () => stop?.(),
  };
}

/** What the doctor tells people: a line for each part, then each finding with what asks for it and the mend. */
export function diagnosisText(
  { record, parts, findings, server }: Diagnosis,
  { bold, dim, green, red, yellow }: Palette,
  columns: number | undefined,
): string {
  const width = textWidth(columns);
  const longWord = new RegExp(`\\S{${width - 5}}`, 'g');
  const overview = PARTS.flatMap((part) => {
    const seen = parts.get(part);
    const title = TITLES[part].padEnd(13);
    if (!seen)
      return [`${dim('–')} ${title} not asked: --url http://127.0.0.1:3000 attacks a running one`];
    const mark = seen.findings.length === 0 ? green('✔') : red('✖');
    const [first = '', ...rest] = wrap(summaryOf(seen.findings.length, seen.looked), width - 16);
    return [`${mark} ${title} ${first}`, ...rest.map((line) => `${' '.repeat(16)}${line}`)];
  });
  const shown = findings.flatMap((finding, index) => ['', ...findingLines(finding, index + 1)]);
  const notes = PARTS.flatMap((part) => parts.get(part)?.notes ?? []);
  return [
    `${bold(oneLine(record.answers.name))} ${dim(`made by ${oneLine(record.version)}`)}`,
    '',
    ...overview,
    ...shown,
    ...(notes.length > 0 ? ['', bold('To know')] : []),
    ...notes.flatMap((note) => noteLines(note)),
    '',
    ...verdict(parts.get('files')?.unjudged ?? 0),
  ].join('\n');

  function verdict(unjudged: number): readonly string[] {
    const edited = `${count(unjudged, 'file')} of the defences ${unjudged === 1 ? 'was' : 'were'} edited`;
    const unseen = `${edited}, which cannot be judged by the text alone`;
    if (findings.length > 0) {
      return [
        red(count(findings.length, 'finding')),
        ...(unjudged > 0 ? wrap(`Besides, ${unseen}.`, width).map(yellow) : []),
      ];
    }
    if (unjudged === 0) return [green('Nothing is weaker than it was made.')];
    const lines = server
      ? `Nothing was found: ${edited}, and no attack that was tried got through.`
      : `No known line of a defence is gone, but ${unseen}: --url attacks a running server.`;
    return wrap(lines, width).map(server ? green : yellow);
  }

  function findingLines({ where, what, requirement, mend }: Finding, number: number) {
    const head = `${String(number).padStart(2)}  `;
    return [
      `${head}${bold(oneLine(where))}`,
      // What was sent may be one long word.
      ...wrap(capital(`${oneLine(what)}.`).replace(longWord, '$& '), width, '    '),
      ...wrap(`Asked for by ${requirement}.`, width, '    ').map(dim),
      ...wrap(`Mend: ${oneLine(mend)}`, width, '    '),
    ];
  }

  function noteLines({ where, what }: Note) {
    return wrap(oneLine(`${where} ${what}.`), width, '    ').map(dim);
  }
}

/** What the doctor tells programs. */
export function diagnosisDocument({ record, parts, findings, server }: Diagnosis): object {
  return {
    ok: findings.length === 0,
    command: 'doctor',
    made: { version: record.version, answers: record.answers },
    findings,
    notes: PARTS.flatMap((part) => parts.get(part)?.notes ?? []),
    unjudged: parts.get('files')?.unjudged ?? 0,
    looked: Object.fromEntries([...parts].map(([part, { looked }]) => [part, looked])),
    ...(server && { url: server.url, attacks: server.attacks }),
  };
}

/** What comes with a repository, which anyone may have written, on one line. */
function oneLine(text: string): string {
  return visible(text).replace(/[\r\n\t]+/g, ' ');
}

function summaryOf(findings: number, looked: string): string {
  return findings === 0 ? looked : `${count(findings, 'finding')} (${looked})`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
