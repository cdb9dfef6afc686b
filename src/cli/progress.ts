import type { Output } from '../node/output.ts';
import type { Source } from '../text/source.ts';

/** A run that takes no longer needs no explanation. */
const patience = 1000;
const interval = 100;

const erase = '\r\u001b[K';

export interface Progress {
  readonly sources: readonly Source[];
  /** Leaves nothing of the line. */
  end(): Promise<void>;
}

/** A line on the terminal that says how far a run is that takes longer than a second. Reading does not wait for anything, so it is said while reading. */
export function withProgress(sources: readonly Source[], stderr: Output, now: () => number): Progress {
  const started = now();
  let said = started + patience - interval;
  let visible = false;
  let read = 0;
  const say = (text: string, time: number): void => {
    said = time;
    visible = true;
    void stderr.write(`${erase}${text}`);
  };
  const step = (): void => {
    read += 1;
    const time = now();
    if (read > sources.length) return;
    if (read === sources.length && time - started >= patience) say(`checking what ${String(read)} files hold`, time);
    else if (time - said >= interval) say(`reading ${String(read)} of ${String(sources.length)} files`, time);
  };
  return {
    sources: sources.map((source) => ({
      ...source,
      read() {
        step();
        return source.read();
      },
    })),
    async end() {
      if (visible) await stderr.write(erase);
    },
  };
}
