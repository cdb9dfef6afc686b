/**
 * Measures the built command line on synthetic meshes, beside two yardsticks of the same run: `node -e 0`, and a process that only loads the same
 * files with js-yaml. Times differ between machines, ratios much less.
 *
 *   npm run bench -- [--sizes 1,100,1000,10000,100000] [--variant files|one-file|export-local|mixed|findings]... [--mesh FOLDER]...
 *                [--preset all|recommended|two-rules]... [--only RULE]... [--format text|sarif]... [--runs N] [--check] [--json]
 *
 * Sizes are resources. --mesh measures a folder of manifests instead. --check ends with exit code 1 when a figure is beyond its gate, even when it is
 * measured again: a machine that does other things as well measures badly.
 */
import { existsSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { judge } from './gates.mjs';
import { median, memory, time } from './measure.mjs';
import { makeMesh, variants, withScratch } from './meshes.mjs';
import { megabytes, milliseconds, ratio, table } from './table.mjs';

const presets = {
  all: ['--preset', 'all'],
  recommended: ['--preset', 'recommended'],
  'two-rules': ['--only', 'subset-not-found', '--only', 'permissive-mtls'],
};

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1,100,1000,10000' },
    variant: { type: 'string', multiple: true, default: ['files'] },
    mesh: { type: 'string', multiple: true, default: [] },
    preset: { type: 'string', multiple: true },
    only: { type: 'string', multiple: true, default: [] },
    format: { type: 'string', multiple: true, default: ['text'] },
    runs: { type: 'string' },
    cli: { type: 'string', default: path.resolve(import.meta.dirname, '../dist/meshlint.cjs') },
    check: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
if (!existsSync(options.cli)) throw new Error(`${options.cli} is not there: npm run build`);
for (const variant of options.variant)
  if (!(variant in variants)) throw new Error(`--variant is one of ${Object.keys(variants).join(', ')}`);
for (const preset of options.preset ?? [])
  if (!(preset in presets)) throw new Error(`--preset is one of ${Object.keys(presets).join(', ')}`);

/** How often a mesh is measured again while a figure is beyond its gate, and how far beyond it is no noise any more. */
const attempts = 3;
const hopeless = 1.5;
const yardstick = path.join(import.meta.dirname, 'yardstick.mjs');

const runsFor = (size) => Number(options.runs ?? (size <= 1000 ? 21 : size <= 10_000 ? 9 : 3));
const memoryRunsFor = (size) => (size <= 10_000 ? 3 : 1);

/** What is run, as `{ preset, format, args }`. */
function profiles() {
  const given = options.only.length > 0 ? [['only', options.only.flatMap((id) => ['--only', id])]] : [];
  const chosen = options.preset ?? (given.length > 0 ? [] : ['all']);
  return [...chosen.map((preset) => [preset, presets[preset]]), ...given].flatMap(([preset, args]) =>
    options.format.map((format) => ({ preset, format, args: [options.cli, 'lint', ...args, '--format', format] })),
  );
}

function makeMeshes(scratch) {
  const given = options.mesh.map((folder) => ({ name: path.basename(folder), variant: 'given', size: 0, folder: path.resolve(folder) }));
  if (given.length > 0) return given;
  return options.variant.flatMap((variant) => options.sizes.split(',').map((size) => makeMesh({ variant, size: Number(size), scratch })));
}

/** Rows of a mesh, one for each profile. Interleaved, so that what slows the machine down for a while slows all of them. */
function measure(mesh) {
  const { folder, size } = mesh;
  const ran = profiles();
  const commands = [['-e', '0'], [yardstick, folder], ...ran.map(({ args }) => [...args, folder])];
  for (const args of commands) time(args); // the files are in the page cache from here on
  const times = commands.map(() => []);
  for (let run = 0; run < runsFor(size); run += 1) for (const [index, args] of commands.entries()) times[index].push(time(args));
  const [node, loadAll, ...results] = commands.map((args, index) => ({
    wall: median(times[index].map(({ wall }) => wall)),
    cpu: median(times[index].map(({ cpu }) => cpu)),
    memory: median(Array.from({ length: memoryRunsFor(size) }, () => memory(args))),
  }));
  return ran.map(({ preset, format }, index) => ({ ...mesh, preset, format, node, loadAll, meshlint: results[index] }));
}

/** Of two measurements of a row the one that was disturbed less. */
function better(one, other) {
  const share = ({ size, meshlint, loadAll, node }) => meshlint.cpu / (size === 1 ? node : loadAll).cpu;
  return share(other) < share(one) ? other : one;
}

const columns = [
  ['mesh', ({ name }) => name],
  ['rules', ({ preset }) => preset],
  ['format', ({ format }) => format],
  ['wall', ({ meshlint }) => milliseconds(meshlint.wall)],
  ['cpu', ({ meshlint }) => milliseconds(meshlint.cpu)],
  ['memory', ({ meshlint }) => megabytes(meshlint.memory)],
  ['loadAll wall', ({ loadAll }) => milliseconds(loadAll.wall)],
  ['cpu', ({ loadAll }) => milliseconds(loadAll.cpu)],
  ['memory', ({ loadAll }) => megabytes(loadAll.memory)],
  ['node -e 0 wall', ({ node }) => milliseconds(node.wall)],
  ['cpu', ({ node }) => milliseconds(node.cpu)],
  ['× loadAll wall', ({ meshlint, loadAll }) => ratio(meshlint.wall / loadAll.wall)],
  ['cpu', ({ meshlint, loadAll }) => ratio(meshlint.cpu / loadAll.cpu)],
  ['× node wall', ({ meshlint, node }) => ratio(meshlint.wall / node.wall)],
  ['cpu', ({ meshlint, node }) => ratio(meshlint.cpu / node.cpu)],
];

const units = {
  node: '× node -e 0',
  loadAll: '× loadAll',
  findings: '× without findings',
  growth: '× a tenth',
  memory: 'MB',
  seconds: 's',
};
const gateColumns = [
  ['', ({ verdict }) => (verdict === 'broken' ? 'BROKEN' : verdict)],
  ['rules', ({ preset }) => preset],
  ['resources', ({ size }) => size.toLocaleString('en')],
  ['variant', ({ variant }) => variant],
  ['format', ({ format }) => format],
  ['figure', ({ value }) => ratio(value)],
  ['bar', ({ bar }) => String(bar)],
  ['gate', ({ gate }) => (gate === undefined ? '' : String(gate))],
  ['unit', ({ figure }) => units[figure]],
];

const machine = `${availableParallelism()} cores (${cpus()[0]?.model ?? process.arch})`;

function show(rows, verdicts) {
  if (options.json) {
    const shown = rows.map(({ folder: _folder, ...row }) => row);
    console.log(
      JSON.stringify({ date: new Date().toISOString(), node: process.version, machine, rows: shown, gates: verdicts }, undefined, 2),
    );
    return;
  }
  console.log(`medians of whole processes, Node ${process.versions.node}, ${machine}\n\n${table(columns, rows)}`);
  if (verdicts.length > 0) console.log(`\n${table(gateColumns, verdicts)}`);
}

const isBroken = ({ verdict }) => verdict === 'broken';
const isWorthwhile = (verdicts) =>
  verdicts.some(isBroken) && verdicts.every(({ value, gate }) => gate === undefined || value <= gate * hopeless);

await withScratch((scratch) => {
  const meshes = makeMeshes(scratch);
  let rows = meshes.flatMap(measure);
  let verdicts = judge(rows);
  for (let attempt = 1; options.check && attempt < attempts && isWorthwhile(verdicts); attempt += 1) {
    const again = meshes.flatMap(measure);
    rows = rows.map((row, index) => better(row, again[index]));
    verdicts = judge(rows);
  }
  show(rows, verdicts);
  if (options.check && verdicts.some(isBroken)) process.exitCode = 1;
});
