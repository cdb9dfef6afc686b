import { describe, expect, it } from 'vitest';
import { lint, type LintOptions, type LintResult } from '../src/index.ts';
import { mixedMesh } from './mixed-mesh.mjs';
import { plainMesh } from './plain-mesh.mjs';

type Mesh = typeof plainMesh | typeof mixedMesh;

const filesOf = (mesh: Mesh, faults: string, exportLocal = false) => [...mesh({ services: 220, exportLocal, faults })];

async function linted(files: ReturnType<typeof filesOf>, options: LintOptions = {}): Promise<LintResult> {
  return await lint(
    files.map(({ path, documents }) => ({ path, read: () => documents.join('---\n') })),
    { preset: 'recommended', ...options },
  );
}

const nothing = { findings: [], complete: true };

describe.each([
  ['plain', plainMesh],
  ['mixed', mixedMesh],
])('a %s mesh', (_, mesh: Mesh) => {
  it('is always the same', () => {
    expect(filesOf(mesh, 'some')).toEqual(filesOf(mesh, 'some'));
  });

  it.each([false, true])(
    'is healthy without faults, all that it refers to is there, and nothing is unknown (exportTo: ["."]: %s)',
    async (local) => {
      const files = filesOf(mesh, 'none', local);
      expect(await linted(files, { complete: true })).toMatchObject(nothing);
      const open = await linted(files);
      expect(open).toMatchObject({ ...nothing, summary: { unknown: {}, skipped: {} } });
      expect(open.summary.resources).toBe(files.flatMap(({ documents }) => documents).length);
    },
  );

  it('has its faults where they are planted', async () => {
    const files = filesOf(mesh, 'some');
    const { findings } = await linted(files, { complete: true });
    const faulty = files.filter(({ isFaulty }) => isFaulty === true).map(({ path }) => path);
    expect(faulty.length).toBeGreaterThan(0);
    expect([...new Set(findings.map(({ location }) => location.file))]).toEqual(faulty.toSorted());
  });
});

it('a mesh with all faults has a finding in every document', async () => {
  const files = filesOf(plainMesh, 'all');
  const { findings } = await linted(files);
  const found = new Set(findings.map(({ location, resource }) => `${location.file} ${String(resource?.kind)}`));
  const documents = files.flatMap(({ path, documents: all }) => all.map((text) => `${path} ${/^kind: (.*)$/m.exec(text)?.[1] ?? ''}`));
  expect([...found].toSorted()).toEqual(documents.toSorted());
});

it('a mixed mesh has all kinds, in namespaces of very different sizes', () => {
  const files = filesOf(mixedMesh, 'none');
  const text = files.flatMap(({ documents }) => documents).join('---\n');
  for (const kind of ['HTTPRoute', 'ServiceEntry', 'Sidecar', 'VirtualService', 'Gateway']) expect(text).toContain(`kind: ${kind}\n`);
  for (const part of ['dataplane-mode: ambient', 'gatewayClassName: istio-waypoint', 'targetRefs:']) expect(text).toContain(part);
  const sizes = new Map<string, number>();
  for (const { path } of files) {
    const [namespace = ''] = path.split('/');
    sizes.set(namespace, (sizes.get(namespace) ?? 0) + 1);
  }
  expect(Math.min(...sizes.values())).toBeLessThan(9);
  expect(Math.max(...sizes.values())).toBeGreaterThan(50);
});
