/** Time and memory of whole processes. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const memoryHook = path.join(import.meta.dirname, 'memory.cjs');

/** With NODE_EXTRA_CA_CERTS Node 20 reads certificates at each start, which takes longer than all else that it does then. */
function environment() {
  const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...rest } = process.env;
  return { ...rest, NO_COLOR: '1' };
}

function check({ status, error, signal }, args) {
  // 1: findings.
  if (error !== undefined || (status !== 0 && status !== 1))
    throw new Error(`node ${args.join(' ')} ended with ${error ?? signal ?? status}`);
}

/** bash measures what wait4 says of the process, to a millisecond; Node tells of itself only. */
const timed = `TIMEFORMAT='%3R %3U %3S'; { time "$@" >/dev/null 2>/dev/null 3>&-; } 2>&3`;

/** Milliseconds: `wall`, and `cpu` of all threads in user and system mode. */
export function time(args) {
  const result = spawnSync('bash', ['-c', timed, 'bash', process.execPath, ...args], {
    env: environment(),
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  check(result, args);
  const [wall, user, system] = String(result.output[3]).trim().split(' ').map(Number);
  return { wall: wall * 1000, cpu: (user + system) * 1000 };
}

/** The peak of the resident set, in MB. */
export function memory(args) {
  const result = spawnSync(process.execPath, ['--require', memoryHook, ...args], {
    env: environment(),
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  check(result, args);
  return (Number(String(result.output[3])) * 1024) / 1e6;
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
