import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { lint, type LintOptions, type LintResult } from './index.ts';

const fixtures = path.join(import.meta.dirname, '../fixtures');
const read = (file: string): string => readFileSync(path.join(fixtures, file), 'utf8');

/** The rules whose findings the expected reports hold: a new rule changes none of them. */
export const brokenShopRules = JSON.parse(read('expected/shop-broken.rules.json')) as readonly string[];

/** What its meshlint.yaml says, which the end-to-end run reads. */
const options: LintOptions = {
  complete: true,
  meshes: [
    { name: 'shop', paths: ['*.yaml', 'edge', 'shop', 'payments', 'warehouse', 'lab'] },
    { name: 'outpost', paths: ['outpost'], meshConfig: { enableAutoMtls: false, trustDomain: 'outpost.example.com' } },
  ],
  globFolder: 'fixtures/shop-broken',
};

/** The shop with a fault for each rule about traffic and security, as two complete meshes. */
export function lintBrokenShop(): Promise<LintResult> {
  const files = readdirSync(path.join(fixtures, 'shop-broken'), { recursive: true, encoding: 'utf8' });
  const sources = files
    .filter((file) => file.endsWith('.yaml') && file !== 'meshlint.yaml')
    .map((file) => `shop-broken/${file.replaceAll(path.sep, '/')}`)
    .map((file) => ({ path: `fixtures/${file}`, read: () => read(file) }));
  return lint(sources, { ...options, only: brokenShopRules, lineHashes: true });
}
