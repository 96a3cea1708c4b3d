/**
 * Puts the imports at the head of a TypeScript file in order: Node's own, packages, then files, from far to near.
 * Seams gather imports from several features, each of which knows only its own.
 */
export function sortImports(source: string): string {
  const end = source.search(/^(?!import |import\{| {2}|\} from |$)/m);
  const head = source.slice(0, end);
  const statements = head.match(/^import [\s\S]*?;$/gm) ?? [];
  if (statements.length < 2) return source;
  const sorted = statements.map((text) => ({ text, from: /"([^"]+)";$/.exec(text)?.[1] ?? '' }));
  sorted.sort((a, b) => rank(a.from) - rank(b.from) || (a.from < b.from ? -1 : 1));
  return `${sorted.map(({ text }) => text).join('\n')}\n\n${source.slice(end).replace(/^\n+/, '')}`;
}

function rank(from: string): number {
  if (from.startsWith('node:')) return 0;
  if (!from.startsWith('.')) return 1;
  return from.startsWith('../') ? 2 : 3;
}
