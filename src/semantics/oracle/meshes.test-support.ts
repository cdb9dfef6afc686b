import fc from 'fast-check';
import type { ModelKind } from '../../model/kinds.ts';
import type { Resource } from '../../model/resource.ts';
import { defaultWorld, type World } from './world.test-support.ts';

/** A manifest before it has a name: what is written below `metadata`, and where it lies. */
export interface Manifest {
  readonly kind: ModelKind;
  readonly namespace: string;
  /** A counter where undefined. */
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: object | undefined;
}

const text = { source: { path: 'mesh.yaml', named: true, read: () => '' }, hash: 0, context: false };

function resourcesOf(manifests: readonly Manifest[]): readonly Resource[] {
  return manifests.map(({ kind, namespace, name, labels = {}, annotations = {}, spec }, document) => {
    const metadata = { namespace, name: name ?? `n${String(document)}`, labels, annotations };
    const body = spec === undefined ? {} : { spec };
    return { kind, apiVersion: 'v1', metadata, ...body, origin: { text, document, item: [] }, leftOut: [] } as unknown as Resource;
  });
}

export function worldOf(manifests: readonly Manifest[], settings: Partial<World> = {}): World {
  return { ...defaultWorld, ...settings, resources: resourcesOf(manifests) };
}

export const root = 'istio-system';
export const namespaces = fc.constantFrom('a', 'b', root);

/** One of the values, or nothing written. */
export function maybe<T>(...values: readonly [T, ...T[]]): fc.Arbitrary<T | undefined> {
  return fc.constantFrom(undefined, ...values);
}

/** An object without the fields that are not written. */
export function written<T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
  return fc
    .record(fields, { noNullPrototype: true })
    .map((record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Partial<T>);
}

/** One or two of the fields: with many, nothing matches. */
export function sparse<T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
  const names = Object.keys(fields) as (keyof T & string)[];
  return fc
    .uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 2 })
    .chain((chosen) =>
      fc.record(Object.fromEntries(chosen.map((name) => [name, fields[name]])), { noNullPrototype: true }),
    ) as unknown as fc.Arbitrary<Partial<T>>;
}

/** At most so many, most often few. */
export function few<T>(item: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> {
  return fc.array(item, { maxLength, size: 'max' });
}

export const selectorLabels = fc.constantFrom<Readonly<Record<string, string>>>(
  { app: 'web' },
  { version: 'v1' },
  { app: 'api' },
  { app: 'web', version: 'v1' },
);

export function namespace(name: string, labels: Readonly<Record<string, string>> = { 'istio-injection': 'enabled' }): Manifest {
  return { kind: 'Namespace', namespace: '', name, labels };
}

export function deployment(
  owner: string,
  name: string,
  labels: Readonly<Record<string, string>>,
  { annotations = {}, ports = [8080, 9090], hostNetwork = false } = {},
): Manifest {
  return {
    kind: 'Deployment',
    namespace: owner,
    name,
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations },
        spec: {
          hostNetwork,
          serviceAccountName: name,
          containers: [{ name: 'app', ports: ports.map((containerPort) => ({ name: `p${String(containerPort)}`, containerPort })) }],
        },
      },
    },
  };
}

/** Namespaces in the mesh and their workloads: `a/web` (v1), `a/old` (web without version), `b/api` (v2), `istio-system/tool`. */
export const population: readonly Manifest[] = [
  namespace('a'),
  namespace('b'),
  namespace(root),
  deployment('a', 'web', { app: 'web', version: 'v1' }),
  deployment('a', 'old', { app: 'web' }),
  deployment('b', 'api', { app: 'api', version: 'v2' }),
  deployment(root, 'tool', { app: 'tool', version: 'v1' }),
];

export function manifestText({ resources }: World): string {
  const shown = resources.map(({ kind, metadata: { namespace: owner, name, labels, annotations }, ...rest }) => {
    const metadata = [labels, annotations].filter((one) => Object.keys(one).length > 0).map((one) => JSON.stringify(one));
    const spec = 'spec' in rest ? JSON.stringify(rest.spec) : '';
    return `  ${kind} ${owner}/${name} ${metadata.join(' ')} ${spec}`;
  });
  return shown.join('\n');
}
