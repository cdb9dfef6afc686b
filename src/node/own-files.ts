import { type Disk, realDisk } from './disk.ts';

/** Where meshlint's own files are, the configuration and the baseline: on the disk, or in a revision. */
export interface OwnFiles {
  readonly disk: Pick<Disk, 'look' | 'source'>;
  /** Has what `disk.source` was asked for read. */
  readonly load: () => Promise<void>;
  /** A file in a message. */
  readonly name: (shown: string) => string;
}

export const onDisk: OwnFiles = { disk: realDisk, load: () => Promise.resolve(), name: (shown) => shown };
