import { extname } from 'node:path/posix';
import { parseSync } from 'oxc-parser';
import { parseAllDocuments } from 'yaml';
import { type Check, remembered, texts } from './problem.ts';

/** Each file by itself: it parses, and nothing of the template shows. */
export const checkContent: Check = function* (tree) {
  for (const [path, text] of texts(tree)) {
    for (const problem of problemsOf(path, text)) yield `${path}: ${problem}`;
  }
};

const problemsOf = remembered((path, text): readonly string[] => [
  ...LEFTOVERS.flatMap(({ what, pattern, except }) => {
    const at = except?.test(path) ? -1 : text.search(pattern);
    return at < 0 ? [] : [`${what}: ${JSON.stringify(lineAt(text, at))}`];
  }),
  ...syntaxErrors(path, text),
]);

function lineAt(text: string, index: number): string {
  const start = text.lastIndexOf('\n', index - 1) + 1;
  return text.slice(start).split('\n', 1)[0] ?? '';
}

/** Code may speak of undefined and null; a document that does was given a value that is not there. */
const CODE = /\.(?:ts|sql)$|common-passwords\.txt$|_snapshot\.json$/;

/** drizzle-kit writes migrations with tabs. */
const GENERATED_SQL = /^migrations\/.*\.sql$/;

/** What a seam leaves behind that was filled wrongly, or not at all. */
const LEFTOVERS: readonly { what: string; pattern: RegExp; except?: RegExp }[] = [
  { what: 'is empty', pattern: /^\s*$/ },
  // GitHub's own placeholders begin with a dollar.
  { what: 'has an unresolved placeholder', pattern: /(?<!\$)\{\{/ },
  { what: 'has a mark of a merge', pattern: /^(?:<{7}|>{7}) /m },
  { what: 'shows an object', pattern: /\[object \w+\]/ },
  { what: 'shows a missing value', pattern: /\b(?:undefined|null|NaN)\b/, except: CODE },
  { what: 'has an empty list of names', pattern: /(?:import|export)(?: type)? \{\s*\}/ },
  { what: 'has spaces at the end of a line', pattern: /[ \t]\n/ },
  { what: 'has two blank lines in a row', pattern: /\n\n\n/ },
  { what: 'begins with a blank line', pattern: /^\n/ },
  { what: 'has a blank line at the end', pattern: /\n\n$/ },
  { what: 'does not end with a line end', pattern: /[^\n]$/ },
  { what: 'has an odd character', pattern: /[\r\0\u2028\u2029]/ },
  { what: 'is indented by tabs', pattern: /\t/, except: GENERATED_SQL },
];

function syntaxErrors(path: string, text: string): readonly string[] {
  switch (extname(path)) {
    case '.ts':
      return parseSync(path, text).errors.map(({ message }) => `is no TypeScript: ${message}`);
    case '.json':
      return complaintOf(() => JSON.parse(text), 'is no JSON');
    case '.yml':
    case '.yaml':
      return parseAllDocuments(text).flatMap(({ errors }) =>
        errors.map(({ message }) => `is no YAML: ${message}`),
      );
    case '.md':
      return (text.match(/^```/gm) ?? []).length % 2 === 0 ? [] : ['has an open code block'];
    default:
      return [];
  }
}

function complaintOf(parse: () => unknown, what: string): readonly string[] {
  try {
    parse();
    return [];
  } catch (error) {
    return [`${what}: ${String(error)}`];
  }
}
