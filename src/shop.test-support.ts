import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { lint, type LintOptions, type LintResult } from './index.ts';

const root = path.join(import.meta.dirname, '../fixtures/shop');

/** The files of the healthy shop by their paths in it. */
export function readShop(): ReadonlyMap<string, string> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort();
  return new Map(files.map((file) => [file.replaceAll(path.sep, '/'), readFileSync(path.join(root, file), 'utf8')]));
}

export function lintFiles(files: Iterable<readonly [file: string, text: string]>, options: LintOptions): Promise<LintResult> {
  return lint(
    [...files].map(([file, text]) => ({ path: file, named: true, read: () => text })),
    options,
  );
}
