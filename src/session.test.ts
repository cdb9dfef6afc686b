import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint, type LintOptions, type LintResult, LintSession, ReadError, rules, type Source, UsageError } from './index.ts';
import { anyEdit, anyOptions, type Files, meshes, sourcesOf } from './session-edits.test-support.ts';

const numRuns = Number(process.env['MESHLINT_SESSION_RUNS'] ?? 12);

/** What a session is told when one set of files becomes another. */
function changesBetween(before: Files, after: Files): { readonly changed: readonly string[]; readonly removed: readonly string[] } {
  const wasContext = (file: string): boolean => before.get(file)?.context === true;
  return {
    changed: [...after].filter(([file, held]) => before.get(file) !== held).map(([file]) => file),
    removed: [...before.keys()].filter((file) => !after.has(file) || wasContext(file) !== (after.get(file)?.context === true)),
  };
}

const policy = (name: string, mode: string): string =>
  `apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: ${name}, namespace: shop }\nspec: { mtls: { mode: ${mode} } }\n`;

const source = (path: string, text: string): Source => ({ path, read: () => text });

/** All of a result, the order of what reports show included. */
function shown({ findings, ...rest }: LintResult): string {
  return JSON.stringify({ ...rest, findings: findings.map(({ rule, ...finding }) => ({ rule: rule.id, ...finding })) }, undefined, 1);
}

async function found(session: LintSession): Promise<readonly string[]> {
  return (await session.lint()).findings.map(({ rule, location }) => `${location.file} ${rule.id}`);
}

describe('LintSession', () => {
  it('says after any edits what a fresh run says, and reads only what has changed', { timeout: 3_600_000 }, async () => {
    const edits = fc.array(anyEdit(rules.map(({ id }) => id)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...meshes), edits, anyOptions, async (mesh, all, options) => {
        const session = new LintSession(options);
        let files: Files = new Map();
        const reads = new Map<string, number>();
        const onRead = (file: string): void => void reads.set(file, (reads.get(file) ?? 0) + 1);
        for (const { apply } of [{ apply: () => mesh }, ...all]) {
          const next = apply(files);
          const { changed, removed } = changesBetween(files, next);
          reads.clear();
          const sources = sourcesOf(next, onRead);
          session.update({ changed: changed.flatMap((file) => sources.get(file) ?? []), removed });
          const result = await session.lint();
          expect(Object.fromEntries(reads)).toEqual(Object.fromEntries(changed.map((file) => [file, 1])));
          const fresh = await lint(sourcesOf(next).values(), options);
          expect(shown(result)).toBe(shown(fresh));
          files = next;
        }
      }),
      { numRuns, endOnFailure: process.env['MESHLINT_SESSION_RUNS'] !== undefined },
    );
  });

  it('takes what is new, has changed and is gone', async () => {
    const session = new LintSession({ only: ['permissive-mtls'] });
    session.update({ changed: [source('a.yaml', policy('a', 'PERMISSIVE')), source('b.yaml', policy('b', 'STRICT'))] });
    expect(await found(session)).toEqual(['a.yaml permissive-mtls']);
    session.update({ changed: [source('b.yaml', policy('b', 'PERMISSIVE'))] });
    session.update({ removed: ['a.yaml', 'never.yaml'] });
    expect(await found(session)).toEqual(['b.yaml permissive-mtls']);
    session.update({ changed: [source('b.yaml', policy('b', 'DISABLE'))], removed: ['b.yaml'] });
    expect(await found(session)).toEqual(['b.yaml permissive-mtls']);
    session.update({ removed: ['b.yaml'] });
    expect((await session.lint()).notifications.map(({ kind }) => kind)).toEqual(['nothing-to-analyse']);
  });

  it('reads what has changed several times once, as it is in the end', async () => {
    const session = new LintSession();
    let reads = 0;
    const counting = (text: string): Source => ({
      path: 'a.yaml',
      read() {
        reads += 1;
        return text;
      },
    });
    session.update({ changed: [counting(policy('a', 'PERMISSIVE'))] });
    session.update({ changed: [counting('a: [')], removed: ['a.yaml'] });
    session.update({ changed: [counting(policy('a', 'STRICT'))] });
    expect(await found(session)).toEqual([]);
    expect(reads).toBe(1);
    expect(await found(session)).toEqual([]);
    expect(reads).toBe(1);
  });

  it('lets a run that has been asked for see nothing that is told afterwards', async () => {
    const session = new LintSession({ only: ['permissive-mtls'] });
    session.update({ changed: [source('a.yaml', policy('a', 'PERMISSIVE'))] });
    const first = found(session);
    session.update({ removed: ['a.yaml'] });
    session.update({ changed: [source('b.yaml', policy('a', 'STRICT'))] });
    const second = found(session);
    expect(await first).toEqual(['a.yaml permissive-mtls']);
    expect(await second).toEqual([]);
  });

  it('throws for wrong options at once', () => {
    expect(() => new LintSession({ preset: 'all', only: ['no-such-rule'] })).toThrow(UsageError);
  });

  it('goes on after a source that could not be had', async () => {
    const session = new LintSession({ only: ['permissive-mtls'] });
    let gone = true;
    const changing: Source = {
      path: 'a.yaml',
      read() {
        if (gone) throw new ReadError({ kind: 'unreadable', message: 'no such file' });
        return policy('a', 'PERMISSIVE');
      },
    };
    session.update({ changed: [changing] });
    expect((await session.lint()).complete).toBe(false);
    gone = false;
    session.update({ changed: [changing] });
    expect(await found(session)).toEqual(['a.yaml permissive-mtls']);
  });

  it('takes options that hold no configuration as a fresh run does', async () => {
    const options: LintOptions = { meshConfig: source('mesh.yaml', 'kind: Something') };
    const session = new LintSession(options);
    await expect(session.lint()).rejects.toThrow(UsageError);
    await expect(lint([], options)).rejects.toThrow(UsageError);
  });
});
