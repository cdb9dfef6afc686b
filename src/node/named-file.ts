import { UsageError } from '../engine/options.ts';
import type { Source } from '../text/source.ts';
import { findSources, type FindOptions } from './files.ts';
import { quote } from './messages.ts';

/** One file that an option names, or `-`. Throws a UsageError for what is not there, and for a folder. */
export async function namedFile(option: string, file: string, options: Pick<FindOptions, 'cwd' | 'readStdin'>): Promise<Source> {
  const { sources } = await findSources([file], options);
  const [source, ...others] = sources.filter(({ named }) => named === true);
  if (source === undefined || others.length > 0) throw new UsageError(`--${option} takes a file, and ${quote(file)} is a folder`);
  return source;
}
