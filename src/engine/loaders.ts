import type { ModelKind } from '../model/kinds.ts';
import type { ValidatorModule } from '../model/validators.ts';
import type { Library } from '../yaml/read.ts';
import type { Channel } from './standard-channel.ts';
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
  readonly channel: () => Promise<Channel>;
  readonly suppressions: () => Promise<typeof suppress>;
}

/** Loads the library at most once. */
export function once<L extends Loaders>(loaders: L): L {
  let library: Promise<Library> | undefined;
  return { ...loaders, library: () => (library ??= loaders.library()) };
}
