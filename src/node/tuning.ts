import type { Source } from '../text/source.ts';

/** From so many files, or so many characters, on it pays to load node:v8, which costs a millisecond. */
const manyFiles = 64;
const manyCharacters = 256 * 1024;

/**
 * How V8 is told that this process is short and its garbage young, where so much is read that it pays.
 * - A young generation that does not grow takes 25 MB less, and no more time.
 * - Functions are optimized later: else what is optimized for seconds to come costs up to a third of a run that is over in one. The flag has
 *   another name since V8 12, and V8 complains of names that it does not know, so that unknown versions are left alone.
 */
function tuneForMuch(): void {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  for (const flag of flagsFor(process.versions.v8)) setFlagsFromString(flag);
}

/** The same sources. V8 is told at once where they are many, else as soon as what is read of them has become much. */
export function tunedFor(sources: readonly Source[], tune: () => void = tuneForMuch): readonly Source[] {
  if (sources.length > manyFiles) {
    tune();
    return sources;
  }
  let left = manyCharacters;
  return sources.map((source) => ({
    ...source,
    read() {
      const text = source.read();
      const isMuch = left > 0 && text.length >= left;
      left -= text.length;
      if (isMuch) tune();
      return text;
    },
  }));
}

/** Four times what is the default. */
export function flagsFor(v8: string): readonly string[] {
  const major = Number.parseInt(v8, 10);
  const later =
    major === 11 ? ['--interrupt-budget=270000'] : major === 12 || major === 13 ? ['--invocation-count-for-turbofan=12000'] : [];
  return ['--semi-space-growth-factor=1', ...later];
}
