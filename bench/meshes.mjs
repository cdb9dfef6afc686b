/** The meshes that are measured, made in a folder that is gone afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withFindings } from './gates.mjs';
import { generate } from './generate.mjs';

export const variants = {
  files: {},
  'one-file': { oneFile: true },
  'export-local': { exportLocal: true },
  mixed: { mixed: true },
  [withFindings]: { faults: 'all' },
};

/** What comes to one service, about. */
const resourcesOf = ({ mixed }) => (mixed ? 6.2 : 6.16);

/** Mesh of about `size` resources; one resource is a VirtualService alone. */
export function makeMesh({ variant, size, scratch }) {
  const folder = path.join(scratch, `${variant}-${size}`);
  const services = size === 1 ? 0 : Math.max(1, Math.round(size / resourcesOf(variants[variant])));
  const { resources, files, bytes } = generate({ services, folder, ...variants[variant] });
  return { name: `${resources} resources, ${variant}`, variant, size, folder, resources, files, megabytes: bytes / 1e6 };
}

/** Runs `use` with a folder to write to. */
export async function withScratch(use) {
  const scratch = mkdtempSync(path.join(tmpdir(), 'meshlint-bench-'));
  try {
    return await use(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
