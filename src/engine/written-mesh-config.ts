import { meshConfigProblems } from '../graph/read-mesh-config.ts';
import type { DocumentProblem, ReadDocument } from '../graph/subjects.ts';
import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { ReadError, type Source } from '../text/source.ts';
import type { Value } from '../yaml/value.ts';
import { type ConfigInput, isSource, UsageError } from './options.ts';
import { fieldOf, isObject, itemsOf, stringOf, typeMetaOf } from './ours.ts';

/** The values of a text's documents; for what is no YAML, what is wrong with it. */
export type ReadText = (text: string) => Promise<readonly Value[] | { readonly problem: string }>;

export type ConfigMap = ResourceOf<'ConfigMap'>;
type What = 'mesh configuration' | 'mesh networks';

/** What a field of the ConfigMap holds; undefined where it holds nothing, or what it holds is reported. */
export async function fromConfigMap(
  map: ConfigMap,
  field: 'mesh' | 'meshNetworks',
  readText: ReadText,
  documents: ReadDocument[],
): Promise<Value | undefined> {
  const text = map.data?.[field];
  if (typeof text !== 'string' || text.trim() === '') return undefined;
  const at: Place = { kind: 'node', resource: map, path: ['data', field], part: 'value' };
  const problems: DocumentProblem[] = [];
  const values = await readText(text);
  let value: Value | undefined;
  if ('problem' in values)
    problems.push({
      kind: 'yaml',
      message: `the ${field === 'mesh' ? 'mesh configuration' : 'mesh networks'} in it can't be read: ${values.problem}`,
      at,
    });
  else value = values[0];
  if (value !== undefined && field === 'mesh')
    for (const { message } of meshConfigProblems(value)) problems.push({ kind: 'shape', message, at });
  if (problems.length > 0) documents.push({ text: map.origin.text, index: map.origin.document, problems });
  return isObject(value) ? value : undefined;
}

/** What an option holds. Throws a UsageError when that is nothing, or nothing that could be meant. */
export async function fromOption(
  input: ConfigInput,
  what: What,
  readText: ReadText,
): Promise<{ readonly config?: Value; readonly networks?: Value }> {
  const path = isSource(input) ? `"${input.path}"` : 'the option';
  const values = isSource(input) ? await valuesOf(input, what, readText) : [input];
  for (const value of values.flatMap((each) => (typeMetaOf(each).kind === 'List' ? itemsOf(each, 'items') : [each]))) {
    const found = await configIn(value, what, readText, path);
    const config = found?.config;
    if (what === 'mesh configuration' && config !== undefined) {
      const [problem] = meshConfigProblems(config);
      if (problem !== undefined) throw new UsageError(`${path}: ${problem.message}`);
    }
    if (found !== undefined && (what === 'mesh configuration' ? config : found.networks) !== undefined) return found;
  }
  throw new UsageError(
    `${path} holds no ${what}`,
    'it may be the configuration itself, the ConfigMap "istio", an IstioOperator, or values of the chart',
  );
}

/** The configuration in one document; undefined for a document of something else. */
async function configIn(
  value: Value,
  what: What,
  readText: ReadText,
  path: string,
): Promise<{ readonly config?: Value; readonly networks?: Value } | undefined> {
  if (!isObject(value)) return undefined;
  const { kind } = typeMetaOf(value);
  if (kind === 'ConfigMap') {
    const data = fieldOf(value, 'data');
    const parse = async (field: string): Promise<Value | undefined> => {
      const text = stringOf(data, field);
      if (text === undefined || text.trim() === '') return undefined;
      const parsed = await readText(text);
      if ('problem' in parsed) throw new UsageError(`${path}: "data.${field}" can't be read: ${parsed.problem}`);
      return parsed[0];
    };
    return found(await parse('mesh'), await parse('meshNetworks'));
  }
  if (kind !== undefined) {
    // IstioOperator, and the Istio of the Sail operator.
    const spec = fieldOf(value, 'spec');
    const values = fieldOf(spec, 'values');
    return found(fieldOf(spec, 'meshConfig') ?? fieldOf(values, 'meshConfig'), fieldOf(fieldOf(values, 'global'), 'meshNetworks'));
  }
  // Values of the chart, else the configuration itself.
  const inValues = found(fieldOf(value, 'meshConfig'), fieldOf(fieldOf(value, 'global'), 'meshNetworks'));
  if (inValues !== undefined) return inValues;
  return what === 'mesh configuration' ? { config: value } : { networks: value };
}

function found(config: Value | undefined, networks: Value | undefined): { readonly config?: Value; readonly networks?: Value } | undefined {
  if (config === undefined && networks === undefined) return undefined;
  return { ...(config === undefined ? {} : { config }), ...(networks === undefined ? {} : { networks }) };
}

async function valuesOf(source: Source, what: What, readText: ReadText): Promise<readonly Value[]> {
  let text: string;
  try {
    text = source.read();
  } catch (error) {
    if (error instanceof ReadError) throw new UsageError(`the ${what} "${source.path}" can't be read: ${error.message}`);
    throw error;
  }
  const values = await readText(text);
  if ('problem' in values) throw new UsageError(`the ${what} "${source.path}" can't be read: ${values.problem}`);
  return values;
}
