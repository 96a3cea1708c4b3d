import { expect, test } from 'vitest';
import { makePalette } from '../../../src/cli/colour.ts';
import { diagnosisDocument, diagnosisText } from '../../../src/cli/report-doctor.ts';
import type { Diagnosis } from '../../../src/commands/doctor.ts';
import { type Examined, type Part, Sight } from '../../../src/doctor/finding.ts';
import { answersOf } from '../../matrix/variants.ts';

const record = { version: '0.1.0', answers: answersOf({}), hashes: new Map(), base: undefined };

function diagnosisOf(files: Examined, more: Partial<Diagnosis> = {}): Diagnosis {
  const parts = new Map<Part, Examined>([['files', files]]);
  return { record, parts, findings: files.findings, ...more };
}

const textOf = (diagnosis: Diagnosis) => diagnosisText(diagnosis, makePalette(false), 80);
const lastOf = (diagnosis: Diagnosis) =>
  textOf(diagnosis).split('\n\n').at(-1)?.replace(/\n/g, ' ');

test('nothing that comes with a repository drives the terminal', () => {
  const sight = new Sight('files');
  sight.find('src/\u001b[2J.ts', 'a\u001b]0;b\u0007', 'ASVS', 'git log -- \u001b[1A\rsrc');
  sight.note('c\u009b', 'd\u202e');
  const version = '1\u001b[31m\n2';
  const answers = { ...record.answers, name: 'e\u001b[2J' };
  const shown = textOf(
    diagnosisOf(sight.examined('all'), { record: { ...record, version, answers } }),
  );
  expect(shown).not.toMatch(/[^\P{C}\n]/u);
  expect(shown).toContain('made by 1\uFFFD[31m 2');
});

test('files that cannot be judged are told, whether anything else is found or not', () => {
  const untouched = new Sight('files').examined('files: 9, edited: 0');
  expect(lastOf(diagnosisOf(untouched))).toBe('Nothing is weaker than it was made.');
  const edited = diagnosisOf({ ...untouched, unjudged: 2 });
  expect(lastOf(edited)).toMatch(/2 files of the defences were edited.*--url attacks/);
  expect(diagnosisDocument(edited)).toMatchObject({ ok: true, unjudged: 2 });
  const weak = { part: 'secrets', where: '.env', what: 'x', requirement: 'y', mend: 'z' } as const;
  const beside = diagnosisOf({ ...untouched, unjudged: 1, findings: [weak] });
  expect(textOf(beside)).toMatch(/\n1 finding\nBesides, 1 file of the defences was edited, which/);
  const server = {
    ...untouched,
    looked: '40 attacks on http://x; more',
    url: 'http://x',
    attacks: [],
  };
  const attacked = diagnosisOf({ ...untouched, unjudged: 1 }, { server });
  expect(lastOf(attacked)).toMatch(/^Nothing was found: 1 file .* was edited, and no attack/);
});
