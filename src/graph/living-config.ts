import { defaultMeshConfig, type MeshConfig } from './mesh-config.ts';
import type { MeshMemory } from './mesh-memory.ts';

/** A mesh configuration that may be another one later; who asks rests on the settings that were asked for. */
export function livingConfig(now: () => MeshConfig, memory: MeshMemory): MeshConfig {
  const config: MeshConfig = { ...defaultMeshConfig };
  for (const key of settings) {
    Object.defineProperty(config, key, {
      enumerable: true,
      get: () => {
        memory.asked(`config ${key}`);
        return now()[key];
      },
    });
  }
  return config;
}

/** The settings of which the values differ. */
export function changedSettings(before: MeshConfig, now: MeshConfig): readonly (keyof MeshConfig)[] {
  return settings.filter((key) => !isSameSetting(before[key], now[key]));
}

/** Each is always there. */
const settings = Object.keys(defaultMeshConfig) as readonly (keyof MeshConfig)[];

function isSameSetting(a: MeshConfig[keyof MeshConfig], b: MeshConfig[keyof MeshConfig]): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
