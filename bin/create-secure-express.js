#!/usr/bin/env node
// Written so that a Node.js of any age can read it, and say what is wrong.
var version = process.versions.node.split('.').map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  console.error(
    'create-secure-express needs Node.js 20.19 or newer, and this is ' +
      process.versions.node +
      '.\n  Get a newer one from https://nodejs.org.',
  );
  process.exit(2);
}
import('node:module').then((module) => {
  // Newer ones keep the compiled program: it starts faster the second time.
  if (module.enableCompileCache) module.enableCompileCache();
  return import('../dist/cli.js');
});
