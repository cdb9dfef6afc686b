import type { ModelKind } from '../model/kinds.cjs';
import type { ValidatorModule } from '../model/validators.cjs';
import type { Library } from '../yaml/read.cjs';
import type { Channel } from './standard-channel.cjs';
import type { LintOptions } from './options.cjs';
import type { suppress } from './suppressions.cjs';
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
export declare function loadersFor({ gatewayApi }: LintOptions, loaders: RunLoaders): RunLoaders;
