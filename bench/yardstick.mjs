/** What any tool in JavaScript does at least: reads every file of a folder and loads it with js-yaml. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadAll } from 'js-yaml';

let documents = 0;
for (const entry of readdirSync(process.argv[2], { recursive: true, withFileTypes: true })) {
  if (entry.isFile()) documents += loadAll(readFileSync(path.join(entry.parentPath, entry.name), 'utf8')).length;
}
if (documents === 0) process.exitCode = 1;
