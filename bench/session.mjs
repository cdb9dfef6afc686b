/**
 * Measures how fast a LintSession of the built package answers when one file of a synthetic mesh changes, beside a fresh run over the same sources in
 * the same process, with everything compiled.
 *
 *   node bench/session.mjs [--services N] [--preset NAME] [--rounds N] [--check]
 *
 * Times are those of all threads, garbage collection included. They differ between machines, ratios much less: --check ends with exit code 1 when a median answer takes too much of the time of a fresh run.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { generate } from './generate.mjs';
import { median } from './measure.mjs';

const { values: options } = parseArgs({
  options: {
    services: { type: 'string', default: '1625' },
    preset: { type: 'string', default: 'recommended' },
    rounds: { type: 'string', default: '12' },
    api: { type: 'string', default: path.resolve(import.meta.dirname, '../dist/index.cjs') },
    check: { type: 'boolean', default: false },
  },
});
if (!existsSync(options.api)) throw new Error(`${options.api} is not there: npm run build`);
const { lint, LintSession } = createRequire(import.meta.url)(path.resolve(options.api));

/** What people do to a file; each is undone by the next edit, which is measured as well. */
const edits = [
  ['weight of a route', (text) => text.replace('weight: 80', 'weight: 70')],
  ['subset of a route', (text) => text.replace('subset: next', 'subset: newest')],
  ['host of a VirtualService', (text) => text.replace(/^ {4}- (\S+)\.example\.org$/m, '    - $1.example.com')],
  ['labels of a subset', (text) => text.replace(/(name: next\n {6}labels:\n {8}version: )v1/, '$1v2')],
  ['mode of client TLS', (text) => text.replace('mode: ISTIO_MUTUAL', 'mode: DISABLE')],
  ['principal of a policy', (text) => text.replace(/(principals:\n {14}- \S+\/sa\/)\S+/, '$1nobody')],
  ['paths of a policy', (text) => text.replace('paths: ["/v1/*", /v2/*]', 'paths: ["/v1/*"]')],
  ['image of a Deployment', (text) => text.replace(/image: (\S+)/, 'image: $1-next')],
  ['labels of pods', (text) => text.replace(/( {8}version: )v1\n( {4}spec:)/, '$1v2\n$2')],
  ['port of a Service', (text) => text.replace('name: http\n      port: 8080', 'name: http\n      port: 8081')],
  ['comment in front', (text) => `# a note\n${text}`],
  ['text that does not parse', (text) => text.replace('  http:\n', '  http: [\n')],
  ['document that is gone', (text) => text.replace(/---\napiVersion: networking.istio.io\/v1\nkind: VirtualService\n[^]*?(?=---)/, '')],
];

const ratioOf = ({ times }, fresh) => median(times) / median(fresh);
const percentile = (values, part) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];

/** Milliseconds of all threads: what does not depend on what else the machine does. */
async function timed(run) {
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => sourceOf(file, readFileSync(path.join(folder, file), 'utf8')));
}

const sourceOf = (file, text) => ({ path: file, read: () => text });

async function measure(sources) {
  const settings = { preset: options.preset };
  const services = sources.filter((source) => source.read().includes('kind: VirtualService'));
  const session = new LintSession(settings);
  session.update({ changed: sources });
  const first = await timed(() => session.lint());
  for (let run = 0; run < 5; run += 1) await lint(sources, settings);
  const rows = edits.map(([name]) => ({ name, times: [] }));
  const fresh = [];
  const warmUp = 2;
  for (let round = 0; round < Number(options.rounds) + warmUp; round += 1) {
    for (const [number, [name, edit]] of edits.entries()) {
      const source = services[(round * 97 + number * 31) % services.length];
      const text = source.read();
      const edited = edit(text);
      if (edited === text) throw new Error(`the edit "${name}" changes nothing`);
      for (const next of [edited, text]) {
        session.update({ changed: [sourceOf(source.path, next)] });
        const time = await timed(() => session.lint());
        if (round >= warmUp) rows[number].times.push(time);
      }
    }
    const time = await timed(() => lint(sources, settings));
    if (round >= warmUp) fresh.push(time);
  }
  return { first, rows, fresh };
}

const scratch = mkdtempSync(path.join(tmpdir(), 'meshlint-bench-'));
try {
  const folder = path.join(scratch, 'mesh');
  const { resources, files } = generate({ services: Number(options.services), folder });
  const { first, rows, fresh } = await measure(sourcesIn(folder));
  const all = { name: 'all edits', times: rows.flatMap(({ times }) => times) };
  const width = Math.max(...rows.map(({ name }) => name.length));
  const milliseconds = (value) => `${value.toFixed(0)} ms`.padStart(9);
  console.log(`${resources} resources in ${files} files, preset ${options.preset}, Node ${process.versions.node}\n`);
  console.log(`${'answer to an edit of'.padEnd(width)}    median       p95   of a fresh run`);
  for (const row of [...rows, all])
    console.log(
      `${row.name.padEnd(width)} ${milliseconds(median(row.times))} ${milliseconds(percentile(row.times, 0.95))} ${ratioOf(row, fresh).toFixed(2).padStart(16)}`,
    );
  console.log(`\nfresh run, compiled: ${milliseconds(median(fresh)).trim()}; first run of the session: ${milliseconds(first).trim()}`);
  const most = 0.5;
  const ratio = ratioOf(all, fresh);
  console.log(`${ratio <= most ? 'holds ' : 'BROKEN'}  median answer against a fresh run: ${ratio.toFixed(2)} (bar ${most})`);
  if (options.check && ratio > most) process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
