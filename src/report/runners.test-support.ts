/** A command as a runner reads it out of a line of a log. */
export interface LogCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

type Escapes = readonly (readonly [escape: string, character: string])[];

const dataEscapes: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
];
const propertyEscapes: Escapes = [...dataEscapes.slice(0, 2), ['%3A', ':'], ['%2C', ','], ['%25', '%']];
/** Of the agent of Azure Pipelines, with its own escape for a percent sign. */
const azureEscapes: Escapes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%AZP25', '%'],
];

const githubCommands: ReadonlySet<string> = new Set(
  'add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher save-state set-env set-output stop-commands warning'.split(
    ' ',
  ),
);

/** GitHub's runner: `::name properties::data` at the beginning of a line, and the older `##[name properties]data` anywhere in it. */
export function githubCommand(line: string): LogCommand | undefined {
  const trimmed = line.trimStart();
  const end = trimmed.startsWith('::') ? trimmed.indexOf('::', 2) : -1;
  const newer = end === -1 ? undefined : commandOf(trimmed.slice(2, end), trimmed.slice(end + 2), ',', propertyEscapes, dataEscapes);
  if (newer !== undefined && githubCommands.has(newer.name)) return newer;
  const begin = line.indexOf('##[');
  const close = begin === -1 ? -1 : line.indexOf(']', begin);
  const older = close === -1 ? undefined : commandOf(line.slice(begin + 3, close), line.slice(close + 1), ';', [], []);
  return older !== undefined && githubCommands.has(older.name) ? older : undefined;
}

/** The agent of Azure Pipelines: `##vso[area.event properties]data` anywhere in a line. */
export function azureCommand(line: string): LogCommand | undefined {
  const begin = line.indexOf('##vso[');
  const close = begin === -1 ? -1 : line.indexOf(']', begin);
  return close === -1 ? undefined : commandOf(line.slice(begin + 6, close), line.slice(close + 1), ';', azureEscapes, azureEscapes);
}

function commandOf(head: string, data: string, separator: string, ofProperties: Escapes, ofData: Escapes): LogCommand {
  const space = head.indexOf(' ');
  const list = space === -1 ? '' : head.slice(space + 1).trim();
  const properties = list
    .split(separator)
    .filter((pair) => pair.includes('='))
    .map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), unescaped(pair.slice(pair.indexOf('=') + 1), ofProperties)]);
  return { name: space === -1 ? head : head.slice(0, space), properties: Object.fromEntries(properties), data: unescaped(data, ofData) };
}

function unescaped(text: string, escapes: Escapes): string {
  let result = text;
  for (const [escape, character] of escapes) result = result.replaceAll(escape, character);
  return result;
}
