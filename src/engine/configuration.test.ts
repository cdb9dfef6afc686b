import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { docs } from '../../rules/docs.ts';
import { rules } from '../index.ts';
import { configSchema } from '../report/config-schema.ts';
import type { Value } from '../yaml/value.ts';
import { checkConfiguration } from './configuration.ts';

const withOption = {
  ...rules[0],
  id: 'sample',
  title: 'Sample',
  options: { atMost: { description: 'How many.', default: 5 } },
} as (typeof rules)[number];
const known = [...rules, withOption];
const matchesSchema = new Ajv({ strict: true, allErrors: true }).compile(configSchema(known, docs));

function problems(value: Value): readonly string[] {
  return (checkConfiguration(value, known).problems ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const right: readonly Value[] = [
  {},
  { preset: 'strict', failOn: 'never', istioNamespace: 'istio-system', defaultNamespace: 'shop', istioVersion: '1.26-1.28' },
  { rules: { 'weight-sum': 'off', sample: { severity: 'error', atMost: 3 } } },
  { overrides: [{ paths: ['a/**', '{b,c}/*.yaml'], namespaces: ['x'], rules: { 'weight-sum': 'info' } }] },
  { complete: { namespaces: ['a'], kinds: ['VirtualService'] }, assume: { gateways: ['a/*'], services: ['*.example.com'] } },
  { meshes: [{ name: 'dev', paths: ['dev'], complete: true, defaultNamespace: 'x', istioVersion: '1.26', meshConfig: 'mesh.yaml' }] },
  { exclude: ['vendor/'], suppressions: { inline: false, never: ['weight-sum'], requireReason: true }, plugins: ['./own.mjs'] },
  { $schema: 'https://example.com/config.schema.json', meshConfig: 'a.yaml', meshNetworks: 'b.yaml', clusterDomain: 'cluster.local' },
  { gatewayApi: 'standard' },
];

const wrong: readonly (readonly [Value, string])[] = [
  [{ gatewayApi: 'alpha' }, 'gatewayApi: "gatewayApi" is experimental or standard'],
  [{ preste: 'strict' }, 'preste: there is no setting "preste"; did you mean "preset"?'],
  [{ preset: 'stric' }, 'preset: "preset" is recommended, strict or all; did you mean "strict"?'],
  [{ rules: { 'weight-sums': 'off' } }, 'rules.weight-sums: there is no rule "weight-sums"; did you mean "weight-sum"?'],
  [{ rules: { 'weight-sum': false } }, 'rules.weight-sum: "weight-sum" is off, info, warning or error; in YAML off needs quotes: "off"'],
  [{ rules: { 'weight-sum': { atMost: 1 } } }, 'rules.weight-sum.atMost: there is no setting "atMost" in "weight-sum"'],
  [{ rules: { sample: { atMost: 'x' } } }, 'rules.sample.atMost: "atMost" is a number'],
  [{ rules: [] }, 'rules: "rules" is a mapping'],
  [{ overrides: [{ paths: ['a'] }] }, 'overrides.0: an item of "overrides" needs "rules"'],
  [{ istioVersion: 1.3 }, 'istioVersion: "istioVersion" is an Istio version, such as "1.26" or "1.26-1.28"; write it in quotes'],
  [
    { istioNamespace: 'Istio' },
    'istioNamespace: "istioNamespace" is the name of a namespace (lower case letters, digits and "-"), which "Istio" is not',
  ],
  [{ complete: 'yes' }, 'complete: "complete" is true or false'],
  [{ exclude: 'vendor' }, 'exclude: "exclude" is a list'],
  [{ exclude: [1] }, 'exclude.0: an item of "exclude" is a pattern as in a .gitignore; write it in quotes'],
  [{ suppressions: { never: ['x'] } }, 'suppressions.never.0: there is no rule "x"'],
];

describe('a configuration', () => {
  it.each(right.map((value) => [value]))('that is right is taken, by the JSON Schema too: %j', (value) => {
    expect(problems(value)).toEqual([]);
    expect(matchesSchema(value) ? [] : matchesSchema.errors).toEqual([]);
  });

  it.each(wrong)('that is wrong is refused, by the JSON Schema too: %j', (value, message) => {
    expect(problems(value)).toEqual([message]);
    expect(matchesSchema(value)).toBe(false);
  });

  it.each<[Value, string]>([
    [
      { complete: { kinds: ['VirtualServce'] } },
      'complete: there is no kind "VirtualServce" that could be complete; did you mean "VirtualService"?',
    ],
    [{ assume: { gateways: ['x'] } }, 'assume: the assumed gateway "x" needs a namespace; write NAMESPACE/NAME; each may be *'],
    [{ meshes: [{ name: 'a', paths: [] }] }, 'meshes: mesh "a" has no paths'],
  ])('is looked at as the options are: %j', (value, message) => {
    expect(problems(value)).toEqual([message]);
  });

  it('may be empty, and a setting without content is none', () => {
    expect(problems(null)).toEqual([]);
    expect(checkConfiguration({ rules: null, preset: 'all' }, known)).toEqual({ configuration: { preset: 'all' } });
    expect(problems('text')).toEqual([': the configuration is a mapping']);
  });

  it('can not do harm', () => {
    const hostile = JSON.parse('{"__proto__":{"preset":"all"},"constructor":1,"rules":{"__proto__":"off","toString":"off"}}') as Value;
    expect(problems(hostile).map((problem) => problem.split(';')[0])).toEqual([
      '__proto__: there is no setting "__proto__"',
      'constructor: there is no setting "constructor"',
      'rules.__proto__: there is no rule "__proto__"',
      'rules.toString: there is no rule "toString"',
    ]);
    expect(problems({ 'a\u001b[31m\u202e': 1 })[0]).toContain('there is no setting "a\\u001b[31m\\u{202e}"');
    expect(problems({ exclude: ['a\u0000'] })).toHaveLength(1);
    const braces = '{a,b}'.repeat(12);
    expect(problems({ overrides: [{ paths: [braces], rules: {} }] })[0]).toContain('has too many alternatives');
    expect(problems({ overrides: [{ paths: [`{${','.repeat(2_000_000)}}`], rules: {} }] })[0]).toContain('is a path or a glob');
    expect(problems(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${String(i)}`, 1])))).toHaveLength(20);
  });
});
