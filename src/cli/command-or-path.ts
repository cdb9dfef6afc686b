import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../engine/options.ts';

/** For a command that stands alone: the word could also mean a file or folder. `instead` says how to get the command. */
export function refuseAmbiguous(word: string, cwd: string, instead: string): void {
  if (!existsSync(resolve(cwd, word))) return;
  throw new UsageError(`"${word}" is a command, and there is a file or folder of that name`, `write ./${word} for the path; ${instead}`);
}
