import type { ModelKind } from '../model/kinds.ts';
import type { ValidatorModule } from '../model/validators.ts';
import type { Library } from '../yaml/read.ts';
import type { Channel } from './standard-channel.ts';
import type { LintOptions } from './options.ts';
import type { suppress } from './suppressions.ts';

/** What reading loads only if the input turns out to need it. */
export interface Loaders {
  readonly library: () => Promise<Library>;
  readonly validator: (kind: ModelKind) => Promise<ValidatorModule>;
  /** There only where not the experimental channel of the Gateway API is installed. */
  readonly channel?: (() => Promise<Channel>) | undefined;
}

/** The same for a whole run. */
export interface RunLoaders extends Loaders {
  readonly suppressions: () => Promise<typeof suppress>;
}

/** What a run with these options loads: the library at most once, and facts about channels only where they are asked for. */
export function loadersFor({ gatewayApi }: LintOptions, loaders: RunLoaders): RunLoaders {
  let library: Promise<Library> | undefined;
  const { channel, ...others } = loaders;
  return { ...others, ...(gatewayApi === 'standard' ? { channel } : {}), library: () => (library ??= loaders.library()) };
}
