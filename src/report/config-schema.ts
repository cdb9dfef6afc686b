import { projectUrl, ruleUrl } from '../rule/project.ts';
import type { Option, OptionValue, RuleDocs } from '../rule/rule.ts';
import type { DescribedRule } from './described.ts';
import { byCodeUnits } from './escape.ts';
import { prose } from './markdown.ts';

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema (draft 7, which editors know) of meshlint.yaml for these rules: schemas/config.schema.json has the built-in ones.
 * Former ids are accepted as well.
 */
export function configSchema(rules: readonly DescribedRule[], docs: ReadonlyMap<string, RuleDocs>): JsonSchema {
  const settings = rules.flatMap((rule) => {
    const schema = ruleSchema(rule, docs.get(rule.id));
    const aliases = (rule.aliases ?? []).map((alias): [string, JsonSchema] => [alias, { ...schema, title: `Now called ${rule.id}` }]);
    return [[rule.id, schema] as const, ...aliases];
  });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `${projectUrl}/raw/main/schemas/config.schema.json`,
    title: 'Configuration of meshlint',
    description: 'meshlint.yaml, .meshlint.yaml or .meshlint.json: which rules look at the manifests, and what is known about their mesh.',
    type: 'object',
    additionalProperties: false,
    properties: {
      preset: {
        description: 'The rules that are on: what is wrong or almost surely so; hardening and hygiene too; or every rule.',
        enum: ['recommended', 'strict', 'all'],
        default: 'recommended',
      },
      rules: {
        description: 'Severities and options of single rules. A severity switches a rule on that the preset leaves out.',
        type: 'object',
        additionalProperties: ownRule,
        properties: Object.fromEntries([...settings].sort(([a], [b]) => byCodeUnits(a, b))),
      },
      overrides: {
        description: 'Severities in some files and namespaces. Of several that hold for a finding, the last one counts.',
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['rules'],
          properties: {
            paths: { ...globs, description: 'Where the finding lies. Default: everywhere.' },
            namespaces: { ...names, description: 'The namespaces of the resources. Default: all.' },
            rules: {
              type: 'object',
              additionalProperties: level,
              properties: Object.fromEntries([...settings].sort(([a], [b]) => byCodeUnits(a, b)).map(([id]) => [id, level])),
            },
          },
        },
      },
      failOn: {
        description: 'The exit code is 1 from a finding of this severity on.',
        enum: ['error', 'warning', 'info', 'never'],
        default: 'warning',
      },
      ...meshSettings,
      istioNamespace: { ...namespace, description: "Istio's root namespace.", default: 'istio-system' },
      clusterDomain: { type: 'string', description: 'The domain of the cluster.', default: 'cluster.local' },
      gatewayApi: {
        description: 'The channel of the Gateway API that is installed.',
        enum: ['experimental', 'standard'],
        default: 'experimental',
      },
      meshes: {
        description:
          'Several meshes, each a graph of its own; a file may be in several. What stands here holds before what stands outside.',
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['name', 'paths'],
          properties: { name: { type: 'string', minLength: 1 }, paths: globs, ...meshSettings },
        },
      },
      assume: {
        description: 'What exists although the input does not define it.',
        type: 'object',
        additionalProperties: false,
        properties: {
          gateways: { ...names, description: 'NAMESPACE/NAME; each may be *.' },
          services: { ...names, description: 'NAMESPACE/NAME, or full host names and wildcards.' },
          secrets: { ...names, description: 'NAMESPACE/NAME; each may be *.' },
          namespaces: names,
        },
      },
      exclude: { ...names, description: 'Files to leave out, as the lines of a .gitignore in the folder of this file would.' },
      suppressions: {
        description: 'What manifests may say against findings in them.',
        type: 'object',
        additionalProperties: false,
        properties: {
          inline: { type: 'boolean', description: 'Comments.', default: true },
          annotations: { type: 'boolean', description: 'The annotation meshlint.dev/ignore.', default: true },
          foreign: {
            type: 'boolean',
            description: 'galley.istio.io/analyze-suppress and kiali.io/ignore-validations, for rules that have an equivalent there.',
            default: true,
          },
          never: {
            description: 'Rules that can not be suppressed.',
            type: 'array',
            items: { type: 'string' },
          },
          requireReason: { type: 'boolean', description: 'Each must give a reason, whatever the preset.', default: false },
        },
      },
      plugins: { ...names, description: 'Rules of your own; they are loaded only where the command line names them too.' },
      $schema: { type: 'string' },
    },
    // Only with a plugin there are other rules than the built-in ones.
    if: { type: 'object', required: ['plugins'], properties: { plugins: true } },
    else: {
      type: 'object',
      properties: {
        rules: builtInOnly,
        overrides: { type: 'array', items: { type: 'object', properties: { rules: builtInOnly } } },
        suppressions: { type: 'object', properties: { never: { type: 'array', items: ruleId } } },
      },
    },
    definitions: {
      ruleId: { description: 'A built-in rule.', enum: settings.map(([id]) => id).sort(byCodeUnits) },
      level: { description: 'A severity, or off.', enum: ['off', 'info', 'warning', 'error'] },
    },
  };
}

const namespace: JsonSchema = { type: 'string', pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 63 };
const names: JsonSchema = { type: 'array', items: { type: 'string', minLength: 1 } };
const globs: JsonSchema = {
  ...names,
  description: 'Files and folders, as globs relative to the folder of this file: * and ? within a step, ** for any steps, {a,b}.',
};
const file: JsonSchema = { type: 'string', minLength: 1 };
/** What can be said of a mesh, whether there is one or several. */
const meshSettings: Readonly<Record<string, JsonSchema>> = {
  complete: {
    description: 'The input is the whole mesh: what it does not define does not exist; or what it defines of these namespaces and kinds.',
    anyOf: [{ type: 'boolean' }, { type: 'object', additionalProperties: false, properties: { namespaces: names, kinds: names } }],
    default: false,
  },
  defaultNamespace: { ...namespace, description: 'The namespace of resources that name none.', default: 'default' },
  istioVersion: {
    type: 'string',
    pattern: '^v?\\d+\\.\\d+(\\.\\d+)?(-v?\\d+\\.\\d+(\\.\\d+)?)?$',
    description: 'The version of Istio, or a range: "1.26", "1.26-1.28". In quotes, since 1.30 would be 1.3.',
  },
  meshConfig: {
    ...file,
    description: 'A file with the mesh configuration: itself, its ConfigMap, an IstioOperator or values of the chart.',
  },
  meshNetworks: { ...file, description: 'A file with the mesh networks, in the same forms.' },
};
const level: JsonSchema = { $ref: '#/definitions/level' };
const ruleId: JsonSchema = { $ref: '#/definitions/ruleId' };
const builtInOnly: JsonSchema = { type: 'object', propertyNames: ruleId };
/** A rule that a plugin brings. */
const ownRule: JsonSchema = { anyOf: [level, { type: 'object', properties: { severity: level } }] };

function ruleSchema(rule: DescribedRule, docs: RuleDocs | undefined): JsonSchema {
  const { title, options = {} } = rule;
  const properties = Object.entries(options).map(([name, option]): [string, JsonSchema] => [name, optionSchema(option)]);
  return {
    title,
    description: [...(docs ? [prose(docs.why)] : []), ruleUrl(rule)].join('\n\n'),
    anyOf: [level, { type: 'object', additionalProperties: false, properties: { severity: level, ...Object.fromEntries(properties) } }],
  };
}

function optionSchema({ description, default: value }: Option<OptionValue>): JsonSchema {
  const type = typeof value === 'object' ? { type: 'array', items: { type: 'string' } } : { type: typeof value };
  return { description: prose(description), ...type, default: value };
}
