/**
 * Measures the built command line, with all rules, on meshes of which one dimension is far larger than any that people have, at a size and at half of
 * it: what grows in proportion takes twice the time.
 *
 *   npm run bench:edges -- [--only WORDS]... [--scale 0.25] [--runs N] [--cli FILE] [--check] [--json]
 *
 * Times are the CPU time of all threads; growth is of what a run takes beyond its start. --check ends with exit code 1 when something grows faster than
 * its gate, or takes more memory, even when it is measured again.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { edges } from './edge-meshes.mjs';
import { median, memory, time } from './measure.mjs';
import { withScratch } from './meshes.mjs';
import { megabytes, milliseconds, ratio, table } from './table.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    scale: { type: 'string', default: '1' },
    runs: { type: 'string', default: '3' },
    cli: { type: 'string', default: path.resolve(import.meta.dirname, '../dist/meshlint.cjs') },
    check: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
if (!existsSync(options.cli)) throw new Error(`${options.cli} is not there: npm run build`);

/** In proportion, with what sorting and caches add; further than noise reaches. */
const bar = 2.3;
const gate = 2.8;
/** So little beyond the start says nothing about growth. */
const least = 40;
const attempts = 3;

const lint = (folder, args = []) => [options.cli, 'lint', '--no-config', '--preset', 'all', ...args, folder];

function write(folder, files) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
}

function measure({ name, unit, size: whole, make, args }, scratch) {
  const size = whole * Number(options.scale);
  const half = size / 2;
  const folders = { small: path.join(scratch, 'small'), whole: path.join(scratch, 'whole'), half: path.join(scratch, 'half') };
  write(folders.small, { 'service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec: { ports: [{ port: 80 }] }\n' });
  write(folders.whole, make(size));
  write(folders.half, make(half));
  const times = { small: [], whole: [], half: [] };
  for (let run = 0; run < Number(options.runs); run += 1)
    for (const [key, folder] of Object.entries(folders)) times[key].push(time(lint(folder, args)).cpu);
  const [start, cpu, cpuOfHalf] = ['small', 'whole', 'half'].map((key) => median(times[key]));
  const peak = memory(lint(folders.whole, args));
  const growth = cpuOfHalf - start < least ? undefined : (cpu - start) / (cpuOfHalf - start);
  return { name, unit, size, cpu, cpuOfHalf, start, memory: peak, growth, verdict: verdictOf(growth) };
}

function verdictOf(growth) {
  if (growth === undefined) return 'small';
  if (growth > gate) return 'BROKEN';
  return growth > bar ? 'missed' : 'holds';
}

const columns = [
  ['edge', ({ name, size, unit }) => `${name}: ${size.toLocaleString('en')} ${unit}`],
  ['cpu', ({ cpu }) => milliseconds(cpu)],
  ['half of it', ({ cpuOfHalf }) => milliseconds(cpuOfHalf)],
  ['start', ({ start }) => milliseconds(start)],
  ['growth', ({ growth }) => (growth === undefined ? '' : ratio(growth))],
  ['memory', (row) => megabytes(row.memory)],
  ['', ({ verdict }) => verdict],
];

const chosen = edges.filter(({ name }) => options.only === undefined || options.only.some((words) => name.includes(words)));
await withScratch((scratch) => {
  const rows = chosen.map((edge) => {
    let row = measure(edge, scratch);
    for (let attempt = 1; options.check && row.verdict === 'BROKEN' && attempt < attempts; attempt += 1) {
      const again = measure(edge, scratch);
      if (again.growth === undefined || again.growth < row.growth) row = again;
    }
    return row;
  });
  if (options.json) console.log(JSON.stringify({ node: process.version, rows }, undefined, 2));
  else console.log(`Node ${process.versions.node}, all rules; growth from half of the size: at most ${bar}\n\n${table(columns, rows)}`);
  if (options.check && rows.some(({ verdict }) => verdict === 'BROKEN')) process.exitCode = 1;
});
