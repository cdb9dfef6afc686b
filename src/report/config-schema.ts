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
        additionalProperties: false,
        properties: Object.fromEntries([...settings].sort(([a], [b]) => byCodeUnits(a, b))),
      },
      failOn: {
        description: 'The exit code is 1 from a finding of this severity on.',
        enum: ['error', 'warning', 'info', 'never'],
        default: 'warning',
      },
      complete: {
        description: 'The input is the whole mesh: what it does not define does not exist.',
        type: 'boolean',
        default: false,
      },
      istioNamespace: { ...namespace, description: "Istio's root namespace.", default: 'istio-system' },
      defaultNamespace: { ...namespace, description: 'The namespace of resources that name none.', default: 'default' },
    },
    definitions: {
      level: { description: 'A severity, or off.', enum: ['off', 'info', 'warning', 'error'] },
    },
  };
}

const namespace: JsonSchema = { type: 'string', pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 63 };
const level: JsonSchema = { $ref: '#/definitions/level' };

function ruleSchema({ id, title, options = {} }: DescribedRule, docs: RuleDocs | undefined): JsonSchema {
  const properties = Object.entries(options).map(([name, option]): [string, JsonSchema] => [name, optionSchema(option)]);
  return {
    title,
    description: [...(docs ? [prose(docs.why)] : []), ruleUrl(id)].join('\n\n'),
    anyOf: [level, { type: 'object', additionalProperties: false, properties: { severity: level, ...Object.fromEntries(properties) } }],
  };
}

function optionSchema({ description, default: value }: Option<OptionValue>): JsonSchema {
  const type = typeof value === 'object' ? { type: 'array', items: { type: 'string' } } : { type: typeof value };
  return { description: prose(description), ...type, default: value };
}
