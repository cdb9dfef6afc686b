import { basename } from 'node:path';
import { isTerminal } from '../node/descriptors.ts';
import { descriptorOutput, type Output, streamOutput } from '../node/output.ts';
import { program } from './program.ts';
import type { Environment, ExitCode } from './environment.ts';
import { run } from './run.ts';

/** Never process.exit(): what is still to be written to a pipe would be lost. */
async function start(): Promise<void> {
  const cwd = currentFolder();
  const stderr = standardOutput(2);
  if (cwd === undefined) {
    process.exitCode = 3 satisfies ExitCode;
    await stderr.write('meshlint: the current folder does not exist any more\n');
    return;
  }
  process.exitCode = await run(process.argv.slice(2), environment(cwd, stderr));
}

function environment(cwd: string, stderr: Output): Environment {
  return {
    cwd,
    env: process.env,
    stdin: { isTerminal: () => isTerminal(0) },
    stdout: standardOutput(1),
    stderr,
    // kubectl runs `kubectl-meshlint` for `kubectl meshlint`.
    program: /^kubectl-meshlint\b/.test(basename(process.argv[1] ?? '')) ? 'kubectl meshlint' : 'meshlint',
    ...program,
  };
}

function currentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

function standardOutput(fd: 1 | 2): Output {
  if (process.platform !== 'win32') return descriptorOutput(fd);
  return streamOutput(fd === 1 ? process.stdout : process.stderr);
}

void start();
