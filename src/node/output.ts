import { isTerminal, writeAll } from './descriptors.ts';
import { codeOf } from './messages.ts';

/** Where text goes: standard output, standard error, a string in a test. */
export interface Output {
  isTerminal(): boolean;
  /**
   * Returns when the text is handed on, so that a slow reader slows the writer down. `false`: nobody reads any more (EPIPE), and
   * nothing that follows will be read. Throws for anything else, such as a full disk.
   */
  write(text: string): boolean | Promise<boolean>;
}

/** Small writes are put together up to this length. */
const chunkLength = 32 * 1024;

/**
 * An open descriptor, written to directly: opening Node's own stream for it costs a tenth of a start, and its writes are lost
 * or kept in memory when the reader is slow.
 */
export function descriptorOutput(fd: number): Output {
  let closed = false;
  return {
    isTerminal: () => isTerminal(fd),
    write(text) {
      if (closed) return false;
      try {
        writeAll(fd, text);
      } catch (error) {
        if (codeOf(error) !== 'EPIPE') throw error;
        closed = true;
      }
      return !closed;
    },
  };
}

/** A stream of Node, for systems where writing to descriptors garbles text (the console of Windows). */
export function streamOutput(stream: NodeJS.WriteStream): Output {
  let failure: Error | undefined;
  stream.on('error', (error: Error) => {
    failure = error;
  });
  return {
    isTerminal: () => stream.isTTY,
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          const reason = failure ?? error ?? undefined;
          if (reason === undefined) resolve(true);
          else if (codeOf(reason) === 'EPIPE') resolve(false);
          else reject(reason);
        });
      }),
  };
}

/** Writes a report as it is made. Ends quietly when nobody reads any more; then the rest of the report is not even made. */
export async function writeReport(output: Output, report: Iterable<string>): Promise<void> {
  let pending = '';
  for (const text of report) {
    pending += text;
    if (pending.length < chunkLength) continue;
    const open = output.write(pending);
    pending = '';
    if (!(await open)) return;
  }
  if (pending !== '') await output.write(pending);
}
