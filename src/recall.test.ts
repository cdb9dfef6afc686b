import { beforeAll, describe, expect, it } from 'vitest';
import type { LintResult } from './index.ts';
import type { Edit, Plant } from './plant.test-support.ts';
import { plantsOfSecurity } from './plants-of-security.test-support.ts';
import { plantsOfTraffic } from './plants-of-traffic.test-support.ts';
import { lintFiles, readShop } from './shop.test-support.ts';

describe('a fault that is planted into the healthy shop', () => {
  let healthy: LintResult;
  beforeAll(async () => {
    healthy = await lintFiles(readShop(), { preset: 'all' });
  });

  it.each(Object.entries({ ...plantsOfTraffic, ...plantsOfSecurity }))(
    '%s',
    async (_, { edits, unknown, preset = 'strict' }: Plant) => {
      const files = planted(edits);
      const expected = [...files].flatMap(([file, text]) => marksIn(file, text));
      expect(expected).not.toEqual([]);

      const closed = await lintFiles(files, { preset, complete: true });
      expect(linesOf(closed)).toEqual(expected);

      const open = await lintFiles(files, { preset });
      if (unknown === undefined) {
        expect(linesOf(open)).toEqual(expected);
        return;
      }
      expect(linesOf(open)).toEqual([]);
      const [rule = ''] = new Set(expected.map((line) => line.split(' ')[1] ?? ''));
      expect(open.summary.unknown[rule]?.[unknown] ?? 0).toBeGreaterThan(healthy.summary.unknown[rule]?.[unknown] ?? 0);
    },
    30_000,
  );
});

function planted(edits: readonly Edit[]): ReadonlyMap<string, string> {
  const files = new Map(readShop());
  for (const [file, text, instead] of edits) {
    const known = files.get(file);
    if (known === undefined) throw new Error(`there is no ${file}`);
    if (known.split(text).length !== 2) throw new Error(`${file} does not have this exactly once: ${text}`);
    files.set(
      file,
      known.replace(text, () => instead),
    );
  }
  return files;
}

/** `file:line rule` for each mark. */
function marksIn(file: string, text: string): readonly string[] {
  return text.split('\n').flatMap((line, i) => {
    const [, rules] = / # ! (.+)$/.exec(line) ?? [];
    return rules === undefined ? [] : rules.split(', ').map((rule) => `${file}:${String(i + 1)} ${rule}`);
  });
}

function linesOf({ findings }: LintResult): readonly string[] {
  return findings.map(({ location, rule }) => `${location.file}:${String(location.start.line)} ${rule.id}`);
}
