/**
 * Measures the built command line on synthetic meshes, beside two yardsticks of the same run: `node -e 0`, and a process that only loads the same
 * files with js-yaml. Times differ between machines, ratios much less.
 *
 *   npm run bench -- [--sizes 1,100,1000,10000,100000] [--runs N] [--layout files|one-file|export-local]... [--mesh FOLDER]...
 *                [--only RULE]... [--check] [--json]
 *
 * Sizes are resources. --mesh measures a folder of manifests instead. --check ends with exit code 1 when a figure is beyond its bar, even when it is
 * measured again: a machine that does other things as well measures badly.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { generate } from './generate.mjs';
import { median, memory, time } from './measure.mjs';

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1,100,1000,10000' },
    runs: { type: 'string' },
    layout: { type: 'string', multiple: true, default: ['files'] },
    mesh: { type: 'string', multiple: true, default: [] },
    only: { type: 'string', multiple: true, default: [] },
    cli: { type: 'string', default: path.resolve(import.meta.dirname, '../dist/meshlint.cjs') },
    check: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
if (!existsSync(options.cli)) throw new Error(`${options.cli} is not there: npm run build`);

const rules = options.only.flatMap((id) => ['--only', id]);
const perService = 6.16;
/** What a figure may be beyond its bar before it counts. */
const noise = 1.1;
/** Beyond this it is no noise, and measuring again is of no use. */
const hopeless = 1.5;
const attempts = 3;
const memoryRuns = 3;
const yardstick = path.join(import.meta.dirname, 'yardstick.mjs');
const scratch = mkdtempSync(path.join(tmpdir(), 'meshlint-bench-'));

const runsFor = (resources) => Number(options.runs ?? (resources <= 1000 ? 21 : resources <= 10_000 ? 9 : 3));

function meshes() {
  const given = options.mesh.map((folder) => ({ name: path.basename(folder), layout: 'given', size: 0, folder: path.resolve(folder) }));
  if (given.length > 0) return given;
  return options.layout.flatMap((layout) =>
    options.sizes.split(',').map((text) => {
      const size = Number(text);
      const folder = path.join(scratch, `${layout}-${size}`);
      const services = size === 1 ? 0 : Math.max(1, Math.round(size / perService));
      const { resources, files, bytes } = generate({
        services,
        folder,
        oneFile: layout === 'one-file',
        exportLocal: layout === 'export-local',
      });
      return { name: `${resources} resources, ${layout}`, layout, size, folder, resources, files, megabytes: bytes / 1e6 };
    }),
  );
}

/** Interleaved, so that what slows the machine down for a while slows all of them. */
function measure({ folder, size }) {
  const commands = { node: ['-e', '0'], loadAll: [yardstick, folder], meshlint: [options.cli, 'lint', ...rules, folder] };
  const times = { node: [], loadAll: [], meshlint: [] };
  for (const args of Object.values(commands)) time(args); // the files are in the page cache from here on
  for (let run = 0; run < runsFor(size); run += 1) {
    for (const [name, args] of Object.entries(commands)) times[name].push(time(args));
  }
  return Object.fromEntries(
    Object.entries(times).map(([name, samples]) => [
      name,
      {
        wall: median(samples.map(({ wall }) => wall)),
        cpu: median(samples.map(({ cpu }) => cpu)),
        memory: median(Array.from({ length: size > 1000 ? 1 : memoryRuns }, () => memory(commands[name]))),
      },
    ]),
  );
}

/** Of two measurements of a mesh the one that was disturbed less. */
function better(one, other) {
  const ratio = ({ size, meshlint, loadAll, node }) => meshlint.cpu / (size === 1 ? node : loadAll).cpu;
  return ratio(other) < ratio(one) ? other : one;
}

/** The bars, as `[what, figure, most]`. Times are the time of all threads: that is what does not depend on what else runs. */
function bars(rows) {
  const find = (layout, size) => rows.find((row) => row.layout === layout && row.size === size);
  return [...new Set(rows.map(({ layout }) => layout))].flatMap((layout) => {
    const [one, tenThousand, hundredThousand] = [1, 10_000, 100_000].map((size) => find(layout, size));
    const all = [];
    // The aim is 1.9, and 1.9 to 2.05 what is measured: the gate keeps it from growing.
    if (one) all.push([`${layout}: 1 resource against node -e 0`, one.meshlint.cpu / one.node.cpu, 2.1]);
    if (tenThousand) {
      all.push([`${layout}: 10,000 resources against loadAll`, tenThousand.meshlint.cpu / tenThousand.loadAll.cpu, 1.3]);
      all.push([`${layout}: MB at 10,000 resources`, tenThousand.meshlint.memory, 100]);
    }
    if (tenThousand && hundredThousand)
      all.push([`${layout}: 100,000 resources against 10,000`, hundredThousand.meshlint.cpu / tenThousand.meshlint.cpu, 11]);
    if (hundredThousand) all.push([`${layout}: MB at 100,000 resources`, hundredThousand.meshlint.memory, 250]);
    return all.map(([what, figure, most]) => ({ what, figure, most, holds: figure <= most * noise }));
  });
}

const milliseconds = (value) => `${value.toFixed(0)} ms`;
const columns = [
  ['mesh', ({ name }) => name],
  ['meshlint wall', ({ meshlint }) => milliseconds(meshlint.wall)],
  ['cpu', ({ meshlint }) => milliseconds(meshlint.cpu)],
  ['memory', ({ meshlint }) => `${meshlint.memory.toFixed(0)} MB`],
  ['loadAll wall', ({ loadAll }) => milliseconds(loadAll.wall)],
  ['cpu', ({ loadAll }) => milliseconds(loadAll.cpu)],
  ['memory', ({ loadAll }) => `${loadAll.memory.toFixed(0)} MB`],
  ['node -e 0 wall', ({ node }) => milliseconds(node.wall)],
  ['cpu', ({ node }) => milliseconds(node.cpu)],
  ['× loadAll wall', ({ meshlint, loadAll }) => (meshlint.wall / loadAll.wall).toFixed(2)],
  ['cpu', ({ meshlint, loadAll }) => (meshlint.cpu / loadAll.cpu).toFixed(2)],
  ['× node wall', ({ meshlint, node }) => (meshlint.wall / node.wall).toFixed(2)],
  ['cpu', ({ meshlint, node }) => (meshlint.cpu / node.cpu).toFixed(2)],
];

function table(rows) {
  const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, cell]) => cell(row)))];
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  return cells
    .map((line) => line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  '))
    .join('\n');
}

try {
  const all = meshes();
  let rows = all.map((mesh) => ({ ...mesh, ...measure(mesh) }));
  let checks = bars(rows);
  const isWorthwhile = () => checks.some(({ holds }) => !holds) && checks.every(({ figure, most }) => figure <= most * hopeless);
  for (let attempt = 1; options.check && attempt < attempts && isWorthwhile(); attempt += 1) {
    rows = all.map((mesh, index) => better(rows[index], { ...mesh, ...measure(mesh) }));
    checks = bars(rows);
  }
  if (options.json) {
    const shown = rows.map(({ folder: _folder, ...row }) => row);
    console.log(JSON.stringify({ node: process.version, rows: shown, bars: checks }, undefined, 2));
  } else {
    console.log(`medians of whole processes, Node ${process.versions.node}\n\n${table(rows)}\n`);
    for (const { what, figure, most, holds } of checks) {
      console.log(`${figure <= most ? 'holds ' : holds ? 'close ' : 'BROKEN'}  ${what}: ${figure.toFixed(2)} (bar ${most})`);
    }
  }
  if (options.check && checks.some(({ holds }) => !holds)) process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
