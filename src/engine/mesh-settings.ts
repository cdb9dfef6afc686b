import { defaultMeshConfig, type MeshConfig, type MeshNetworks } from '../graph/mesh-config.ts';
import { meshConfigFrom, meshNetworksFrom } from '../graph/read-mesh-config.ts';
import type { ReadDocument } from '../graph/subjects.ts';
import type { Resource } from '../model/resource.ts';
import { sameContent } from '../graph/variants.ts';
import type { Notification } from '../rule/finding.ts';
import type { Value } from '../yaml/value.ts';
import type { MeshSpec } from './meshes.ts';
import { fieldOf, isObject } from './ours.ts';
import { type ConfigMap, fromConfigMap, fromOption, type ReadText } from './written-mesh-config.ts';

/** What decides in a mesh besides its resources. */
export interface MeshSettings {
  readonly config: MeshConfig;
  readonly networks: MeshNetworks;
  /** Documents with a mesh configuration that is none. */
  readonly documents: readonly ReadDocument[];
  readonly notifications: readonly Notification[];
}

/**
 * What the option says, else the ConfigMap `istio` (or that of a revision) of the input, else an IstioOperator's, else Istio's defaults: then the
 * trust domain is known only where the input is the whole mesh. `operators`: IstioOperators as they are written. Throws a UsageError for an
 * option that holds no configuration.
 */
export async function meshSettings(
  spec: MeshSpec,
  resources: readonly Resource[],
  operators: readonly Value[],
  readText: ReadText,
): Promise<MeshSettings> {
  const documents: ReadDocument[] = [];
  const notifications: Notification[] = [];
  const maps = configMaps(resources, spec.istioNamespace ?? defaultMeshConfig.rootNamespace);
  const [map] = maps;
  const base: MeshConfig = {
    ...defaultMeshConfig,
    rootNamespace: spec.istioNamespace ?? map?.metadata.namespace ?? defaultMeshConfig.rootNamespace,
  };
  const given = spec.meshConfig === undefined ? undefined : await fromOption(spec.meshConfig, 'mesh configuration', readText);
  const operator = operators.map((each) => fieldOf(fieldOf(each, 'spec'), 'meshConfig')).find(isObject);
  const written = given?.config ?? (map === undefined ? undefined : await fromConfigMap(map, 'mesh', readText, documents)) ?? operator;

  const networks =
    spec.meshNetworks === undefined
      ? (given?.networks ?? (map === undefined ? undefined : await fromConfigMap(map, 'meshNetworks', readText, documents)))
      : (await fromOption(spec.meshNetworks, 'mesh networks', readText)).networks;

  if (given === undefined && maps.length > 1) notifications.push(severalConfigurations(maps));
  // Of a configuration that is there and can't be read nothing is assumed.
  const isWhole = spec.complete === true && documents.length === 0;
  if (written === undefined && isWhole && resources.some(({ apiVersion }) => apiVersion.includes('istio.io/'))) {
    const message = `there is no mesh configuration in the input: Istio's defaults are assumed, with the trust domain cluster.local and the root namespace ${base.rootNamespace}`;
    notifications.push({ level: 'note', kind: 'mesh-config-assumed', message });
  }
  const config = written === undefined ? (isWhole ? { ...base, trustDomain: 'cluster.local' } : base) : meshConfigFrom(written, base);
  return { config, networks: networks === undefined ? new Map() : meshNetworksFrom(networks), documents, notifications };
}

/**
 * The ConfigMaps with a mesh configuration, the one that counts first: of the default revision, in the root namespace. One that is alone of its
 * kind counts in any namespace. Those that say the same count once.
 */
function configMaps(resources: readonly Resource[], rootNamespace: string): readonly ConfigMap[] {
  const all = resources.filter(
    (resource): resource is ConfigMap =>
      resource.kind === 'ConfigMap' && /^istio(?:-|$)/.test(resource.metadata.name) && typeof resource.data?.['mesh'] === 'string',
  );
  const inRoot = all.filter(({ metadata }) => metadata.namespace === rootNamespace);
  const namespaces = new Set(all.map(({ metadata }) => metadata.namespace));
  const candidates = inRoot.length > 0 || namespaces.size > 1 ? inRoot : all;
  const different = candidates.filter(
    (map, i) => !candidates.slice(0, i).some((other) => other.data?.['mesh'] === map.data?.['mesh'] || sameContent(other, map)),
  );
  return different.sort((a, b) => a.metadata.name.length - b.metadata.name.length || (a.metadata.name < b.metadata.name ? -1 : 1));
}

function severalConfigurations(maps: readonly ConfigMap[]): Notification {
  const [first] = maps;
  const names = [...new Set(maps.map(({ metadata, origin }) => `"${metadata.name}" in ${origin.text.source.path}`))];
  const message = `the input has ${maps.length} different mesh configurations (${names.join(', ')}); the first one was used`;
  return { level: 'note', kind: 'mesh-config-ambiguous', message, ...(first === undefined ? {} : { file: first.origin.text.source.path }) };
}
