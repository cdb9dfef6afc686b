import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInThisContext } from 'node:vm';
import { build } from 'esbuild';
import type { Implementation } from './look-up.test-support.ts';
import type { Mutation } from './mutations.test-support.ts';

const sources = path.join(import.meta.dirname, '../..');

/** The implementation with a fault in it: bundled anew, in memory. */
export async function mutantOf({ file, from, to }: Mutation): Promise<Implementation> {
  const target = path.join(sources, file);
  const parts = readFileSync(target, 'utf8').split(from);
  if (parts.length !== 2) throw new Error(`${file} has this ${String(parts.length - 1)} times, so that it can't be changed: ${from}`);
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, 'implementation.test-support.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'implementation',
    logLevel: 'silent',
    plugins: [
      {
        name: 'mutation',
        setup(plugin) {
          plugin.onLoad({ filter: /\.ts$/ }, ({ path: loaded }) =>
            loaded === target ? { contents: parts.join(to), loader: 'ts' } : undefined,
          );
        },
      },
    ],
  });
  return runInThisContext(`(() => {${outputFiles[0]?.text ?? ''}; return implementation; })()`) as Implementation;
}
