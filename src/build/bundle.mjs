/** Makes dist/: `node src/build/bundle.mjs`. */
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chunks } from './chunks.mjs';
import { declarations } from './declarations.mjs';
import { licences } from './licences.mjs';
import { withLoader } from './loader.mjs';

const shebang = '#!/usr/bin/env node\n';

/** The program, cut into chunks: `files` by their paths in dist/, what each `loads` at once, and its `sources`. */
export async function bundle(root) {
  const entries = { meshlint: 'src/cli/main.ts', action: 'src/action/start.ts', index: 'src/index.ts', testing: 'src/testing/index.ts' };
  const existing = Object.entries(entries).filter(([, file]) => existsSync(path.join(root, file)));
  const made = await chunks({ root, entries: Object.fromEntries(existing), core: ['meshlint', 'index'] });
  made.files.set('meshlint.cjs', shebang + (await withLoader(made.files.get('meshlint.cjs'))));
  return made;
}

/** Every file of dist/ by its path there. */
export async function distribution(root) {
  const { files, sources } = await bundle(root);
  const types = declarations({ root, entries: ['src/index.ts', 'src/testing/index.ts'] });
  return new Map([
    ...files,
    // Node looks for the nearest one when it resolves what a file requires.
    ['package.json', '{"type":"commonjs"}\n'],
    ['licences.txt', await licences(root, [...sources.values()].flat())],
    ...[...types].map(([file, text]) => [`types/${file}`, text]),
  ]);
}

if (process.argv[1] === import.meta.filename) {
  const root = path.resolve(import.meta.dirname, '../..');
  const dist = path.join(root, 'dist');
  const files = await distribution(root);
  // Only now, so that a build that fails leaves what was there.
  rmSync(dist, { recursive: true, force: true });
  for (const [file, text] of files) {
    mkdirSync(path.dirname(path.join(dist, file)), { recursive: true });
    writeFileSync(path.join(dist, file), text);
  }
  chmodSync(path.join(dist, 'meshlint.cjs'), 0o755);
}
