/**
 * Measures how fast a LintSession of the built package answers when one file of a synthetic mesh changes, for each kind of change.
 *
 *   node bench/session.mjs [--services N] [--preset NAME]... [--rounds N] [--complete] [--check] [--json]
 *
 * Times are those of all threads, garbage collection included, and with everything compiled. They differ between machines; what is measured against
 * js-yaml, which loads the same texts in the same process, much less: --check ends with exit code 1 when the median answer to any kind of change takes
 * too much of that time, even when it is measured again.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadAll } from 'js-yaml';
import { generate } from './generate.mjs';
import { median } from './measure.mjs';
import { withScratch } from './meshes.mjs';
import { edits } from './session-edits.mjs';
import { megabytes, milliseconds, ratio, table } from './table.mjs';

const { values: options } = parseArgs({
  options: {
    services: { type: 'string', default: '1625' },
    preset: { type: 'string', multiple: true, default: ['recommended', 'all'] },
    rounds: { type: 'string', default: '8' },
    api: { type: 'string', default: path.resolve(import.meta.dirname, '../dist/index.cjs') },
    complete: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
if (!existsSync(options.api)) throw new Error(`${options.api} is not there: npm run build`);
const { lint, LintSession } = createRequire(import.meta.url)(path.resolve(options.api));

/** What is promised of the median of every kind, in milliseconds of the machine of README's figures, and the aim. */
const bar = 100;
const aim = 50;
/** Of the time that js-yaml takes, where the bar is 0.16: what noise may add to it. */
const gate = 0.2;
const attempts = 3;
const warmUp = 2;

const percentile = (values, part) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

function liveMegabytes() {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1e6;
}

/** Milliseconds of all threads: what does not depend on what else the machine does. */
async function timed(run) {
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

async function medianOf(runs, run) {
  const times = [];
  for (let i = 0; i < runs; i += 1) times.push(await timed(run));
  return median(times);
}

const sourceOf = (file, text) => ({ path: file, read: () => text });

function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => sourceOf(file, readFileSync(path.join(folder, file), 'utf8')));
}

/** A session over the mesh, as `measure` of an edit asks it. Each edit is undone by the next one, which is measured as well. */
async function createMeasuring(sources, settings) {
  const before = liveMegabytes();
  const session = new LintSession(settings);
  session.update({ changed: sources });
  const first = await timed(() => session.lint());
  const files = {
    service: sources.filter((source) => source.read().includes('kind: VirtualService')),
    namespace: sources.filter((source) => source.read().includes('kind: Namespace')),
  };
  const held = () => liveMegabytes() - before;
  async function measure({ name, file, edit }, number, rounds) {
    const times = [];
    for (let round = 0; round < rounds + warmUp; round += 1) {
      const source = files[file][(round * 97 + number * 31) % files[file].length];
      const text = source.read();
      const edited = edit(text);
      if (edited === text) throw new Error(`the edit "${name}" changes nothing`);
      for (const next of [edited, text]) {
        session.update({ changed: [sourceOf(source.path, next)] });
        const time = await timed(() => session.lint());
        if (round >= warmUp) times.push(time);
      }
    }
    return times;
  }
  return { first, held, measure };
}

async function measurePreset(preset, sources) {
  const settings = { preset, ...(options.complete ? { complete: true } : {}) };
  const texts = sources.map((source) => source.read());
  const load = () => texts.map((text) => loadAll(text));
  const rounds = Number(options.rounds);
  await medianOf(warmUp, load);
  await medianOf(warmUp, () => lint(sources, settings));
  const yaml = await medianOf(rounds, load);
  const fresh = await medianOf(rounds, () => lint(sources, settings));
  const { first, held, measure } = await createMeasuring(sources, settings);
  const live = held();
  const rows = [];
  for (const [number, each] of edits.entries()) {
    let times = await measure(each, number, rounds);
    for (let attempt = 1; options.check && attempt < attempts && median(times) / yaml > gate; attempt += 1)
      times = await measure(each, number, rounds);
    const answer = median(times);
    const ofLoadAll = answer / yaml;
    rows.push({
      edit: each.name,
      median: answer,
      p95: percentile(times, 0.95),
      ofLoadAll,
      ofFresh: answer / fresh,
      verdict: ofLoadAll > gate ? 'broken' : answer > bar ? 'missed' : answer > aim ? 'holds' : 'aim',
    });
  }
  return { preset, first, fresh, loadAll: yaml, liveMegabytes: live, liveMegabytesAfterwards: held(), rows };
}

const columns = [
  ['answer to a change of', ({ edit }) => edit],
  ['median', (row) => milliseconds(row.median)],
  ['p95', ({ p95 }) => milliseconds(p95)],
  ['× loadAll', ({ ofLoadAll }) => ratio(ofLoadAll)],
  ['× fresh run', ({ ofFresh }) => ratio(ofFresh)],
  [`${bar} ms, aim ${aim}`, ({ verdict }) => verdict],
];

function print({ preset, first, fresh, loadAll: yaml, liveMegabytes: live, liveMegabytesAfterwards: after, rows }) {
  console.log(`\npreset ${preset}\n${table(columns, rows)}`);
  const medians = rows.map((row) => row.median);
  console.log(`slowest kind ${milliseconds(Math.max(...medians))}, median of the kinds ${milliseconds(median(medians))}`);
  console.log(`compiled: fresh run ${milliseconds(fresh)}, loadAll ${milliseconds(yaml)}; first run of the session ${milliseconds(first)}`);
  console.log(`the session holds ${megabytes(live)}, ${megabytes(after)} after all changes`);
}

await withScratch(async (scratch) => {
  const folder = path.join(scratch, 'mesh');
  const { resources, files } = generate({ services: Number(options.services), folder });
  const sources = sourcesIn(folder);
  const results = [];
  for (const preset of options.preset) results.push(await measurePreset(preset, sources));
  if (options.json) console.log(JSON.stringify({ node: process.version, resources, files, bar, aim, gate, results }, undefined, 2));
  else {
    console.log(`${resources} resources in ${files} files, Node ${process.versions.node}`);
    for (const result of results) print(result);
  }
  const broken = results.flatMap(({ rows }) => rows).filter(({ verdict }) => verdict === 'broken');
  if (options.check && broken.length > 0) process.exitCode = 1;
});
