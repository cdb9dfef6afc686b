import { isAbsolute, relative, resolve, sep } from 'node:path';
import { type Configuration, type ConfiguredMesh, ruleSettings } from '../engine/configuration.ts';
import { type LintOptions, type MeshDeclaration } from '../engine/options.ts';
import type { ConfigurationFile } from '../node/configuration.ts';
import type { FindOptions } from '../node/files.ts';
import { namedFile } from '../node/named-file.ts';
import type { Source } from '../text/source.ts';
import type { LintCommand } from './arguments.ts';
import type { OptionName } from './option-table.ts';

/** A command line together with what a configuration says. */
export interface Configured {
  readonly command: LintCommand;
  readonly exclusion: FindOptions['configured'];
}

/** What holds when a command line stands over a configuration. Throws a UsageError for files that are not there. */
export async function configure(command: LintCommand, { configuration, folder }: ConfigurationFile, cwd: string): Promise<Configured> {
  const given = (name: OptionName): boolean => command.given.has(name);
  const fileOf = async (setting: 'mesh-config' | 'mesh-networks', file: string | undefined): Promise<Source | undefined> => {
    if (file === undefined || given(setting)) return undefined;
    const shown = relative(cwd, resolve(folder, file)).split(sep).join('/');
    return await namedFile(setting, shown === '-' ? './-' : shown, { cwd });
  };
  const meshOf = async (mesh: ConfiguredMesh): Promise<MeshDeclaration> => ({
    name: mesh.name,
    paths: mesh.paths,
    complete: given('complete') ? undefined : mesh.complete,
    defaultNamespace: given('default-namespace') ? undefined : mesh.defaultNamespace,
    istioVersion: given('istio-version') ? undefined : mesh.istioVersion,
    meshConfig: await fileOf('mesh-config', mesh.meshConfig),
    meshNetworks: await fileOf('mesh-networks', mesh.meshNetworks),
  });

  const below = relative(cwd, folder).split(sep).join('/');
  const { options } = command;
  const meshes: MeshDeclaration[] = [];
  for (const mesh of configuration.meshes ?? []) meshes.push(await meshOf(mesh));
  const { severities, ruleOptions } = ruleSettings(configuration);
  const merged: LintOptions = {
    ...options,
    preset: given('preset') ? options.preset : (configuration.preset ?? options.preset),
    severities: { ...withoutOff(severities, options.only), ...options.severities },
    ruleOptions,
    overrides: configuration.overrides,
    complete: given('complete') ? options.complete : (configuration.complete ?? options.complete),
    istioNamespace: options.istioNamespace ?? configuration.istioNamespace,
    defaultNamespace: options.defaultNamespace ?? configuration.defaultNamespace,
    istioVersion: options.istioVersion ?? configuration.istioVersion,
    clusterDomain: configuration.clusterDomain,
    gatewayApi: options.gatewayApi ?? configuration.gatewayApi,
    meshes: configuration.meshes === undefined ? undefined : meshes,
    folder: relative(folder, cwd).split(sep).join('/'),
    globFolder: below.startsWith('..') || isAbsolute(below) ? undefined : below,
    assume: configuration.assume,
    meshConfig: await fileOf('mesh-config', configuration.meshConfig),
    meshNetworks: await fileOf('mesh-networks', configuration.meshNetworks),
    suppressions: { ...configuration.suppressions, ...options.suppressions },
  };
  return {
    command: { ...command, failOn: given('fail-on') ? command.failOn : (configuration.failOn ?? command.failOn), options: merged },
    exclusion: configuration.exclude === undefined ? undefined : { folder, exclude: configuration.exclude },
  };
}

/** `--only` switches a rule on that the configuration has off. */
function withoutOff<T>(severities: Readonly<Record<string, T>>, only: readonly string[] | undefined): Readonly<Record<string, T>> {
  if (only === undefined) return severities;
  return Object.fromEntries(Object.entries(severities).filter(([id, level]) => level !== 'off' || !only.includes(id)));
}

/** What holds, in the form of a configuration file. JSON is YAML. */
export function configurationText(
  { failOn, exclude, options, meshConfig, meshNetworks, plugins }: LintCommand,
  file: Configuration,
): string {
  const { severities = {}, ruleOptions = {} } = options;
  const rules = new Map<string, unknown>(Object.entries(severities));
  for (const [id, values] of Object.entries(ruleOptions)) {
    rules.set(id, { ...(Object.hasOwn(severities, id) ? { severity: severities[id] } : {}), ...values });
  }
  const all: Configuration & Readonly<Record<string, unknown>> = {
    preset: options.preset ?? 'recommended',
    rules: Object.fromEntries([...rules].sort(([a], [b]) => (a < b ? -1 : 1))) as NonNullable<Configuration['rules']>,
    overrides: file.overrides ?? [],
    failOn,
    complete: options.complete ?? false,
    istioNamespace: options.istioNamespace ?? 'istio-system',
    defaultNamespace: options.defaultNamespace ?? 'default',
    ...(options.istioVersion === undefined ? {} : { istioVersion: options.istioVersion }),
    clusterDomain: options.clusterDomain ?? 'cluster.local',
    gatewayApi: options.gatewayApi ?? 'experimental',
    ...(file.meshes === undefined ? {} : { meshes: file.meshes }),
    assume: options.assume ?? {},
    ...textOf('meshConfig', meshConfig ?? file.meshConfig),
    ...textOf('meshNetworks', meshNetworks ?? file.meshNetworks),
    ...(plugins.length === 0 ? {} : { plugins }),
    exclude: [...(file.exclude ?? []), ...exclude],
    suppressions: { inline: true, annotations: true, foreign: true, never: [], requireReason: false, ...options.suppressions },
  };
  return `${JSON.stringify(all, undefined, 2)}\n`;
}

function textOf(key: 'meshConfig' | 'meshNetworks', file: string | undefined): Readonly<Record<string, string>> {
  return file === undefined ? {} : { [key]: file };
}
