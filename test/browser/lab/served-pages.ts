import type { Edit } from '../../attacks/lab/edits.ts';

/**
 * Pages of the project's own, put where its app says that routes go: `/page?with=HTML` is what a careless
 * developer writes, `/own.js` a script of the same origin that does no harm.
 */
export const SERVED_PAGES: Edit = {
  file: 'src/app.ts',
  search: '  // Your own routes go here:',
  replace: `  app.get("/page", (req, res) => {
    res.type("html").send(\`<!doctype html><meta charset="utf-8"><title>page</title>
      <link rel="icon" href="data:,"><script src="/own.js"></script>\${req.query["with"]}\`);
  });
  app.get("/own.js", (_req, res) => {
    res.type("js").send("globalThis.own = true;");
  });
  // Your own routes go here:`,
};

/** The address of such a page. */
export function pageWith(html: string): string {
  return `/page?with=${encodeURIComponent(html)}`;
}
