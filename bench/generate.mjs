/**
 * Writes a synthetic mesh, always the same for the same arguments:
 *
 *   node bench/generate.mjs SERVICES FOLDER [--mixed] [--one-file] [--export-local] [--faults none|some|all]
 *
 * A file for each service and each namespace, or one for all; --faults some (the default) is one service in a hundred, all is a finding in every
 * document. plain-mesh.mjs and mixed-mesh.mjs say what is in it.
 */
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { mixedMesh } from './mixed-mesh.mjs';
import { plainMesh } from './plain-mesh.mjs';

/** Writes the mesh and says how much is in it. */
export function generate({ services, folder, mixed = false, oneFile = false, exportLocal = false, faults = 'some' }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const summary = { resources: 0, files: 0, bytes: 0, faults: 0 };
  const write = (file, text) => {
    if (oneFile) {
      appendFileSync(path.join(folder, 'mesh.yaml'), summary.files === 0 ? text : `---\n${text}`);
      summary.files = 1;
      return;
    }
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
    summary.files += 1;
  };
  for (const { path: file, documents, isFaulty } of (mixed ? mixedMesh : plainMesh)({ services, exportLocal, faults })) {
    const text = documents.join('---\n');
    summary.resources += documents.length;
    summary.bytes += text.length;
    summary.faults += isFaulty ? 1 : 0;
    write(file, text);
  }
  return summary;
}

function main() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      mixed: { type: 'boolean' },
      'one-file': { type: 'boolean' },
      'export-local': { type: 'boolean' },
      faults: { type: 'string', default: 'some' },
    },
  });
  const [services, folder] = positionals;
  const { mixed, faults, 'one-file': oneFile, 'export-local': exportLocal } = values;
  if (folder === undefined || !/^\d+$/.test(services ?? '') || !['none', 'some', mixed ? 'some' : 'all'].includes(faults)) {
    console.error('usage: node bench/generate.mjs SERVICES FOLDER [--mixed] [--one-file] [--export-local] [--faults none|some|all]');
    process.exitCode = 3;
    return;
  }
  console.log(JSON.stringify(generate({ services: Number(services), folder, mixed, oneFile, exportLocal, faults })));
}

if (process.argv[1] === import.meta.filename) main();
