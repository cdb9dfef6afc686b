/**
 * Measures the built command line, with all rules, on meshes of which one dimension is far larger than any that people have, at a size and at half of
 * it: what grows in proportion takes twice the time.
 *
 *   npm run bench:edges -- [--only WORDS]... [--quick] [--runs N] [--cli FILE] [--check] [--json]
 *
 * --quick takes half of the sizes, once, and leaves out what takes long.
 *
 * Times are the CPU time of all threads; growth is of what a run takes beyond its start. --check ends with exit code 1 when something grows faster than
 * its gate, or takes more memory, even when it is measured again.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { edges } from './edge-meshes.mjs';
import { edgeGates, verdictOf } from './gates.mjs';
import { median, memory, time } from './measure.mjs';
import { withScratch } from './meshes.mjs';
import { megabytes, milliseconds, ratio, table } from './table.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    runs: { type: 'string' },
    cli: { type: 'string', default: path.resolve(import.meta.dirname, '../dist/meshlint.cjs') },
    check: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
if (!existsSync(options.cli)) throw new Error(`${options.cli} is not there: npm run build`);

/** So many milliseconds beyond the start say nothing about growth. */
const least = 80;
const attempts = 4;
const runs = Number(options.runs ?? (options.quick ? 1 : 3));

const lint = (folder, args = []) => [options.cli, 'lint', '--no-config', '--preset', 'all', ...args, folder];

function write(folder, files) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
}

function measure({ name, unit, size: whole, make, args, memory: ownMemory }, scratch) {
  const size = options.quick ? whole / 2 : whole;
  const half = size / 2;
  const folders = { small: path.join(scratch, 'small'), whole: path.join(scratch, 'whole'), half: path.join(scratch, 'half') };
  write(folders.small, { 'service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec: { ports: [{ port: 80 }] }\n' });
  write(folders.whole, make(size));
  write(folders.half, make(half));
  const times = { small: [], whole: [], half: [] };
  for (let run = 0; run < runs; run += 1)
    for (const [key, folder] of Object.entries(folders)) times[key].push(time(lint(folder, args)).cpu);
  const [start, cpu, cpuOfHalf] = ['small', 'whole', 'half'].map((key) => median(times[key]));
  const peak = memory(lint(folders.whole, args));
  const growth = cpuOfHalf - start < least ? undefined : (cpu - start) / (cpuOfHalf - start);
  const verdicts = {
    growth: growth === undefined ? 'holds' : verdictOf(edgeGates.growth, growth),
    memory: verdictOf(ownMemory ?? edgeGates.memory, peak),
  };
  return { name, unit, size, cpu, cpuOfHalf, start, growth, memory: peak, verdicts };
}

const isBroken = ({ verdicts }) => Object.values(verdicts).includes('broken');
/** Of two measurements the one that was disturbed less. */
const better = (one, other) => ((other.growth ?? 0) < (one.growth ?? 0) ? other : one);

function verdict({ verdicts }) {
  const said = Object.entries(verdicts).filter(([, each]) => each !== 'holds');
  return said.length === 0 ? 'holds' : said.map(([what, each]) => `${each === 'broken' ? 'BROKEN' : each}: ${what}`).join(', ');
}

const columns = [
  ['edge', ({ name, size, unit }) => `${name}: ${size.toLocaleString('en')} ${unit}`],
  ['cpu', ({ cpu }) => milliseconds(cpu)],
  ['half of it', ({ cpuOfHalf }) => milliseconds(cpuOfHalf)],
  ['start', ({ start }) => milliseconds(start)],
  ['growth', ({ growth }) => (growth === undefined ? '' : ratio(growth))],
  ['memory', (row) => megabytes(row.memory)],
  ['', verdict],
];

const isChosen = ({ name, isLong }) =>
  options.only === undefined ? !(options.quick && isLong) : options.only.some((words) => name.includes(words));
const chosen = edges.filter(isChosen);
await withScratch((scratch) => {
  const rows = chosen.map((edge) => {
    let row = measure(edge, scratch);
    for (let attempt = 1; options.check && isBroken(row) && attempt < attempts; attempt += 1) row = better(row, measure(edge, scratch));
    return row;
  });
  if (options.json) console.log(JSON.stringify({ node: process.version, rows }, undefined, 2));
  else
    console.log(
      `Node ${process.versions.node}, all rules; growth from half of the size (at most ${edgeGates.growth.bar} is in proportion)\n\n${table(columns, rows)}`,
    );
  if (options.check && rows.some(isBroken)) process.exitCode = 1;
});
