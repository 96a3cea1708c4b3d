import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * What a host that is not the API serves. `/` is a page with no headers to protect it; `/frame?of=URL` shows another
 * address in a frame; `/mark.js?NAME` is a script that leaves a mark of that name.
 */
export function pageOf(req: IncomingMessage, res: ServerResponse): void {
  const url = new URL(req.url ?? '/', 'https://page.invalid');
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  if (url.pathname === '/frame') {
    res.end(page(`<iframe src="${url.searchParams.get('of')}"></iframe>`));
  } else if (url.pathname === '/mark.js') {
    res.setHeader('Content-Type', 'text/javascript');
    res.end(`globalThis[${JSON.stringify(url.search.slice(1))}] = true;`);
  } else {
    res.end(page('<h1>A page</h1>'));
  }
}

function page(body: string): string {
  // The icon keeps the browser from asking for one.
  return `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>page</title>${body}`;
}
