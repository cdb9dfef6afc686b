import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { UsageError } from '../engine/options.ts';
import { closestName } from './closest.ts';
import { compare, quote } from './messages.ts';

/** Words that people try as commands. */
const commandHints: Readonly<Record<string, string>> = {
  help: 'for help: meshlint --help',
  version: 'for the version: meshlint --version',
  check: 'the command is: meshlint lint',
  analyze: 'the command is: meshlint lint',
  validate: 'the command is: meshlint lint',
};

/** What to throw for an operand (absolute: `path`) that is not there: it says what else may have been meant. */
export function missingPath(operand: string, path: string, cwd: string): UsageError {
  if (isLink(path)) return new UsageError(`${quote(operand)} links to something that does not exist`);
  const near = nearestPath(path);
  if (near === undefined) return new UsageError(`${quote(operand)} does not exist`, commandHints[operand]);
  const shown = isAbsolute(operand) ? near : relative(cwd, near).split(sep).join('/');
  return new UsageError(`${quote(operand)} does not exist`, `did you mean ${quote(shown)}?`);
}

/** The same path with its first part that is not there replaced by the most similar one that is. */
function nearestPath(path: string): string | undefined {
  let present = dirname(path);
  let absent = [basename(path)];
  while (!existsSync(present) && dirname(present) !== present) {
    absent = [basename(present), ...absent];
    present = dirname(present);
  }
  const [wrong = '', ...rest] = absent;
  const near = closestName(
    wrong,
    namesIn(present).filter((name) => name.startsWith('.') === wrong.startsWith('.')),
  );
  if (near === undefined) return undefined;
  const whole = join(present, near, ...rest);
  return existsSync(whole) ? whole : join(present, near);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort(compare);
  } catch {
    // Not a folder, or not ours to read: nothing to suggest.
    return [];
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch {
    return false;
  }
}
