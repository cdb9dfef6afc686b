import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { bundle } from '../build/bundle.mjs';
import { temporaryFolder, type TemporaryFolder } from '../node/temporary-folder.ts';

/** The program as it would be built now, in a folder of its own: `meshlint.cjs`. */
export async function buildProgram(): Promise<TemporaryFolder> {
  const folder = temporaryFolder();
  const { files } = (await bundle(resolve(import.meta.dirname, '../..'))) as { readonly files: ReadonlyMap<string, string> };
  for (const [file, text] of files) {
    mkdirSync(dirname(join(folder.path, file)), { recursive: true });
    writeFileSync(join(folder.path, file), text);
  }
  return folder;
}
