/** Starts the built Action as GitHub's runner starts it, and reads what the runner would read. For end-to-end-action.mjs. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';

/** https://github.com/actions/runner: src/Runner.Common/ActionCommand.cs and src/Runner.Worker/ActionCommandManager.cs */
const known = new Set(
  'add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher save-state set-env set-output stop-commands warning'.split(
    ' ',
  ),
);

function commandOf(line, stopToken) {
  const trimmed = line.trimStart();
  const end = trimmed.startsWith('::') ? trimmed.indexOf('::', 2) : -1;
  const [, head, data] = end === -1 ? (/##\[(.*?)\](.*)/.exec(line) ?? []) : [trimmed, trimmed.slice(2, end), trimmed.slice(end + 2)];
  if (head === undefined) return undefined;
  const [name, ...rest] = head.split(' ');
  if (!known.has(name) && name !== stopToken) return undefined;
  const properties = Object.fromEntries(
    rest
      .join(' ')
      .split(',')
      .filter(Boolean)
      .map((pair) => pair.split('=')),
  );
  return { name, properties, data: data.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%') };
}

/** The lines of a log that are commands to the runner. What stands between stop-commands and its token are none. */
function commandsIn(stdout) {
  const commands = [];
  let token;
  for (const line of stdout.split(/\r\n|\r|\n/)) {
    const command = commandOf(line, token);
    if (command === undefined) continue;
    if (token === undefined) {
      commands.push(command);
      if (command.name === 'stop-commands') token = command.data;
    } else if (command.name === token) token = undefined;
  }
  return { commands, stopped: token !== undefined };
}

/** A file of outputs: `name<<delimiter`, lines, `delimiter`. */
function outputsIn(text) {
  return Object.fromEntries([...text.matchAll(/^(.+)<<(.+)\n([^]*?)\n\2\n/gm)].map(([, name, , value]) => [name, value]));
}

/** One step with the inputs, and with action.yml's defaults for all others. */
export function step(root, inputs, { workspace = root, env = {}, event = { pull_request: { number: 1 } } } = {}) {
  const action = parse(readFileSync(path.join(root, 'action.yml'), 'utf8'));
  const folder = mkdtempSync(path.join(tmpdir(), 'runner-'));
  const file = (name, text) => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const values = Object.entries(action.inputs).map(([name, { default: value }]) => [name, inputs[name] ?? value]);
  const unknown = Object.keys(inputs).filter((name) => !Object.hasOwn(action.inputs, name));
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(', ')}`);
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [path.join(root, action.runs.main)], {
    cwd: workspace,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: file('event.json', JSON.stringify(event)),
      GITHUB_OUTPUT: file('output', ''),
      GITHUB_STEP_SUMMARY: file('summary.md', ''),
      GITHUB_REPOSITORY: 'shop/mesh',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: folder,
      ...Object.fromEntries(values.map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value])),
      ...env,
    },
  });
  const { commands, stopped } = commandsIn(stdout);
  const outcome = {
    status: status ?? signal,
    log: stdout,
    commands,
    stopped,
    annotations: commands.filter(({ name }) => ['error', 'warning', 'notice'].includes(name)),
    outputs: outputsIn(readFileSync(path.join(folder, 'output'), 'utf8')),
    declared: Object.keys(action.outputs),
    summary: readFileSync(path.join(folder, 'summary.md'), 'utf8'),
    said: `exit code ${status ?? signal}\n${stdout.slice(0, 4000)}${stderr}`,
    stderr,
  };
  rmSync(folder, { recursive: true });
  return outcome;
}
