/** Bytes of text from which on a run is long enough to pay for what is done here; some twenty resources. */
const muchText = 16 * 1024;

/** undefined: nobody has said that the process ends with this run. */
let read: number | undefined;

/** To be called by what runs once: when much text has been read, V8 is told that the process is short and its garbage young. */
export function tuneWhenMuchIsRead(): void {
  read ??= 0;
}

/** To be called for each text that is read. */
export function countText(bytes: number): void {
  if (read === undefined || read >= muchText) return;
  read += bytes;
  if (read < muchText) return;
  // By name, since loading it costs a millisecond that most runs do not need.
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  for (const flag of flagsFor(process.versions.v8)) setFlagsFromString(flag);
}

/**
 * - A young generation that does not grow takes 25 MB less, and no more time.
 * - Functions are optimized later, after twelve times what is the default: else what is optimized for seconds to come costs up to a third of a run
 *   that is over in one. The flag has another name since V8 12, and V8 complains of names that it does not know, so that unknown versions are left
 *   alone.
 */
export function flagsFor(v8: string): readonly string[] {
  const major = Number.parseInt(v8, 10);
  const later =
    major === 11 ? ['--interrupt-budget=800000'] : major === 12 || major === 13 ? ['--invocation-count-for-turbofan=36000'] : [];
  return ['--semi-space-growth-factor=1', ...later];
}
