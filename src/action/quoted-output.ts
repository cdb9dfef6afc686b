import { randomUUID } from 'node:crypto';
import type { Output } from '../node/output.ts';

/**
 * Output in which nothing is a command to the runner, whatever names a manifest has: the runner takes none until it reads the token,
 * which nobody can foresee.
 */
export async function withoutCommands<T>(stdout: Output, work: (log: Output) => Promise<T>): Promise<T> {
  const token = randomUUID();
  let written = '\n';
  const log: Output = {
    isTerminal: () => stdout.isTerminal(),
    write(text) {
      if (text !== '') written = text;
      return stdout.write(text);
    },
  };
  await stdout.write(`::stop-commands::${token}\n`);
  try {
    return await work(log);
  } finally {
    await stdout.write(`${written.endsWith('\n') ? '' : '\n'}::${token}::\n`);
  }
}
