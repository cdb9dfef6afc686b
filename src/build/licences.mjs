/** The licences of the packages of which something is in the built files. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const packagePath = /^((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** `inputs`: the files that went into the bundle, from the root. */
export async function licences(root, inputs) {
  const folders = new Set(inputs.flatMap((file) => packagePath.exec(file)?.[1] ?? []));
  const texts = await Promise.all(
    [...folders].sort().map(async (folder) => {
      const { name, version, license } = JSON.parse(await readFile(path.join(root, folder, 'package.json'), 'utf8'));
      const file = (await readdir(path.join(root, folder))).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
      if (file === undefined) throw new Error(`${name} is bundled, but has no licence file`);
      const text = await readFile(path.join(root, folder, file), 'utf8');
      return `${name} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n').trim()}\n`;
    }),
  );
  return `meshlint is licensed under the Apache License 2.0. Its built files contain parts of these packages:\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
