import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { validatorChunks } from '../validator-chunks.ts';
import type { Value } from '../yaml/value.ts';
import type { ModelKind } from './kinds.ts';
import { patternWords } from './schema-messages.ts';
import { validate, type Validated } from './validate.ts';

async function check<K extends ModelKind>(kind: K, body: Record<string, Value>): Promise<Validated<K>> {
  const document = { apiVersion: 'v1', kind: kind === 'KubernetesGateway' ? 'Gateway' : kind, metadata: { name: 'a' }, ...body };
  return validate(kind, document, await validatorChunks[kind]());
}

const messages = ({ problems }: Validated<ModelKind>): readonly string[] => problems.map(({ message }) => message);
const route = (destination: Value): Value => ({ http: [{ route: [{ destination }] }] });

describe('what is wrong', () => {
  it.each<[ModelKind, Value, string]>([
    [
      'VirtualService',
      { http: [{ route: [{ destination: { host: 'a' }, weight: '50' }] }] },
      '"weight" is a string ("50"), it must be an integer',
    ],
    ['VirtualService', { http: [{ route: [{ destination: { host: 'a' }, weight: 1.5 }] }] }, '"weight" is 1.5, it must be an integer'],
    ['VirtualService', { http: [{ mirrorPercentage: { value: Infinity } }] }, '"value" is Infinity, it must be a number'],
    ['VirtualService', { hosts: ['a', 5] }, '"hosts[1]" is a number (5), it must be a string'],
    ['VirtualService', { hosts: [null] }, '"hosts[0]" is null, it must be a string'],
    ['VirtualService', { hosts: 'a' }, '"hosts" is a string ("a"), it must be a list'],
    ['VirtualService', { http: { route: [] } }, '"http" is an object, it must be a list'],
    ['VirtualService', { http: [{ rewrite: [] }] }, '"rewrite" is a list, it must be an object'],
    [
      'VirtualService',
      { http: [{ corsPolicy: { allowCredentials: 'yes' } }] },
      '"allowCredentials" is a string ("yes"), it must be true or false',
    ],
    ['VirtualService', { http: [{ timeout: true }] }, '"timeout" is true, it must be a string'],
    ['VirtualService', route({ subset: 'v1' }), '"host" is missing'],
    ['VirtualService', route({ host: 'a', port: { number: -1 } }), '"number" is -1, the minimum is 0'],
    ['VirtualService', { http: [{ directResponse: { status: 200, body: { bytes: '*' } } }] }, '"bytes" is no base64'],
    [
      'VirtualService',
      { http: [{ route: [{ destination: { host: 'a' }, weight: 3e9 }] }] },
      '"weight" is 3000000000, it must be between -2147483648 and 2147483647',
    ],
    [
      'PeerAuthentication',
      { mtls: { mode: 'STRICTT' } },
      '"STRICTT" is no value of "mode": UNSET, DISABLE, PERMISSIVE, STRICT (did you mean STRICT?)',
    ],
    [
      'PeerAuthentication',
      { mtls: { mode: 'permissive' } },
      '"permissive" is no value of "mode": UNSET, DISABLE, PERMISSIVE, STRICT (did you mean PERMISSIVE?)',
    ],
    ['PeerAuthentication', { mtls: { mode: 'PREMISIVE' } }, '"PREMISIVE" is no value of "mode": UNSET, DISABLE, PERMISSIVE, STRICT'],
    [
      'PeerAuthentication',
      { mtls: { mode: 'STIRCT' } },
      '"STIRCT" is no value of "mode": UNSET, DISABLE, PERMISSIVE, STRICT (did you mean STRICT?)',
    ],
    ['PeerAuthentication', { mtls: { mode: 'NONE' } }, '"NONE" is no value of "mode": UNSET, DISABLE, PERMISSIVE, STRICT'],
    ['PeerAuthentication', { mtls: { mode: 3 } }, '"mode" is a number (3), it must be a string'],
    ['PeerAuthentication', { portLevelMtls: {} }, '"portLevelMtls" is an empty map, the minimum is 1 entry'],
    ['Service', { ports: [{ port: 70000 }] }, '"port" is 70000, the maximum is 65535'],
    ['Service', { ports: [{ port: 80, targetPort: true }] }, '"targetPort" is true, it must be an integer or a string'],
    [
      'Gateway',
      { servers: [{ hosts: [], port: { name: 'a', number: 1, protocol: 'HTTP' }, tls: { caCrl: 1 } }] },
      '"caCrl" is a number (1), it must be a string',
    ],
    [
      'HTTPRoute',
      { hostnames: ['Shop.example'] },
      '"hostnames[0]" is "Shop.example", it must be lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part, and may begin with "*."',
    ],
    ['HTTPRoute', { parentRefs: [{ name: '' }] }, '"name" is an empty string, it must not be empty'],
    [
      'HTTPRoute',
      { rules: [{ timeouts: { request: '1d' } }] },
      '"request" is "1d", it must be a duration in whole hours, minutes, seconds or milliseconds, like "10s" or "1m30s"',
    ],
    ['HTTPRoute', { rules: [] }, '"rules" is an empty list, the minimum is 1 item'],
    ['HTTPRoute', { hostnames: Array.from({ length: 17 }, () => 'a') }, '"hostnames" has 17 items, the maximum is 16'],
    ['HTTPRoute', { parentRefs: [{ name: 'a'.repeat(300) }] }, '"name" has 300 characters, the maximum is 253'],
    [
      'HTTPRoute',
      { rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { statusCode: 300 } }] }] },
      '300 is no value of "statusCode": 301, 302, 303, 307, 308',
    ],
  ])('%s %j: %s', async (kind, spec, message) => {
    expect(messages(await check(kind, { spec }))).toEqual([message]);
  });

  it('is said once for each fault', async () => {
    const { problems } = await check('KubernetesGateway', {
      spec: { gatewayClassName: '', listeners: [{ name: 5, port: 'http', protocol: 80 }] },
    });
    expect(problems.map(({ path: at, part, keyword }) => `${at.join('.')} ${part} ${keyword}`)).toEqual([
      'spec.gatewayClassName value minLength',
      'spec.listeners.0.name value type',
      'spec.listeners.0.port value type',
      'spec.listeners.0.protocol value type',
    ]);
  });

  it('has the path of the missing field', async () => {
    const { problems } = await check('VirtualService', { spec: route({}) });
    expect(problems).toEqual([
      { path: ['spec', 'http', 0, 'route', 0, 'destination', 'host'], part: 'missing', message: '"host" is missing', keyword: 'required' },
    ]);
  });

  it('shows long texts and control characters shortly', async () => {
    expect(messages(await check('PeerAuthentication', { spec: { mtls: { mode: `\n${'😀'.repeat(1000)}` } } }))[0]).toBe(
      `"\\n${'😀'.repeat(59)}…" is no value of "mode": UNSET, DISABLE, PERMISSIVE, STRICT`,
    );
  });

  it('is said in words for each pattern', () => {
    const schemas = path.resolve(import.meta.dirname, '../../schemas');
    const files = readdirSync(schemas, { recursive: true, encoding: 'utf8' }).filter((file) => /[\\/].*\.schema\.json$/.test(file));
    const patterns = files.flatMap((file) =>
      [...readFileSync(path.join(schemas, file), 'utf8').matchAll(/"pattern": (".*")/g)].map(([, text = '']) => JSON.parse(text) as string),
    );
    expect([...patternWords.keys()].toSorted()).toEqual([...new Set(patterns)].toSorted());
  });
});

describe('what is left', () => {
  it('is the same value where nothing is wrong', async () => {
    const document = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'a' },
      spec: { hosts: ['a'], unknown: [{ field: null }] },
    };
    const { value, problems, leftOut, more } = validate('VirtualService', document, await validatorChunks.VirtualService());
    expect(value).toBe(document);
    expect({ problems, leftOut, more }).toEqual({ problems: [], leftOut: [], more: 0 });
  });

  it('lacks an optional property that is wrong', async () => {
    const { value, leftOut } = await check('VirtualService', { spec: { hosts: ['a'], http: [{ timeout: 5, name: 'x' }] } });
    expect(value?.spec).toEqual({ hosts: ['a'], http: [{ name: 'x' }] });
    expect(leftOut).toEqual([['spec', 'http', 0, 'timeout']]);
  });

  it('lacks the whole list of a wrong item, so that no place shifts', async () => {
    const { value, leftOut } = await check('VirtualService', { spec: { hosts: ['a', 5, 'b'], http: [{ match: ['x'] }, { name: 'x' }] } });
    expect(value?.spec).toEqual({ http: [{}, { name: 'x' }] });
    expect(leftOut).toEqual([
      ['spec', 'hosts'],
      ['spec', 'http', 0, 'match'],
    ]);
  });

  it('lacks what means nothing without a required field', async () => {
    const { value, leftOut } = await check('VirtualService', {
      spec: { hosts: ['a'], http: [{ name: 'x', route: [{ destination: { host: 5 } }] }] },
    });
    expect(value?.spec).toEqual({ hosts: ['a'], http: [{ name: 'x' }] });
    expect(leftOut).toEqual([['spec', 'http', 0, 'route']]);
  });

  it('is nothing without a name or a needed spec', async () => {
    for (const body of [
      { metadata: {} },
      { metadata: null },
      { metadata: { name: 5 } },
      { metadata: { name: '' } },
      { spec: null },
      { spec: [] },
    ]) {
      const { value, problems, leftOut } = await check('VirtualService', { spec: {}, ...body });
      expect({ value, leftOut, count: problems.length }).toEqual({ value: undefined, leftOut: [[]], count: 1 });
    }
    expect((await check('DestinationRule', { spec: { host: 5 } })).value).toBeUndefined();
  });

  it('can be a policy without a spec', async () => {
    for (const body of [{}, { spec: null }, { spec: {} }]) {
      const { value, problems } = await check('AuthorizationPolicy', body);
      expect(problems).toEqual([]);
      expect(value?.metadata.name).toBe('a');
    }
    expect((await check('AuthorizationPolicy', { spec: 5 })).value).toEqual({
      apiVersion: 'v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'a' },
    });
  });

  it('goes by its generateName where it has no name', async () => {
    const { value, problems } = await check('Job', { metadata: { generateName: 'test-', name: null } });
    expect(problems).toEqual([]);
    expect(value?.metadata).toEqual({ generateName: 'test-', name: 'test-' });
    expect(messages(await check('Job', { metadata: { generateName: '' } }))).toEqual(['"name" is missing']);
  });

  it('lacks labels that are no strings', async () => {
    const { value, problems } = await check('Namespace', { metadata: { name: 'a', labels: { version: 1, app: 'a', empty: null } } });
    expect(messages({ problems } as Validated<ModelKind>)).toEqual(['"version" is a number (1), it must be a string']);
    expect(value?.metadata.labels).toEqual({ app: 'a' });
  });

  it('goes in steps where one hole makes the next', async () => {
    const { value, leftOut } = await check('PeerAuthentication', { spec: { portLevelMtls: { 80: 'STRICT' }, mtls: { mode: 'STRICT' } } });
    expect(value?.spec).toEqual({ mtls: { mode: 'STRICT' } });
    expect(leftOut).toEqual([['spec', 'portLevelMtls']]);
  });
});

describe('null', () => {
  it('is the same as absent for a property', async () => {
    const { value, problems, leftOut } = await check('VirtualService', {
      spec: { hosts: ['a'], http: null, tls: [{ match: [{ sniHosts: ['a'], gateways: null }] }] },
    });
    expect({ problems, leftOut }).toEqual({ problems: [], leftOut: [] });
    expect(value?.spec).toEqual({ hosts: ['a'], tls: [{ match: [{ sniHosts: ['a'] }] }] });
  });

  it('is missing where a field must be', async () => {
    expect(messages(await check('DestinationRule', { spec: { host: null } }))).toEqual(['"host" is missing']);
  });

  it('is no value of a map of Istio', async () => {
    expect(messages(await check('VirtualService', { spec: { http: [{ match: [{ headers: { a: null } }] }] } }))).toEqual([
      '"a" is null, it must be an object',
    ]);
  });

  it('stays where anything may stand', async () => {
    const spec = { configPatches: [{ patch: { value: { a: null } }, match: null }] };
    expect((await check('EnvoyFilter', { spec })).value?.spec).toEqual({ configPatches: [{ patch: { value: { a: null } } }] });
  });
});

describe('hostile documents', () => {
  it('keep what they share with others', async () => {
    const shared = Object.freeze({ host: 'a', port: Object.freeze({ number: 'x' }) });
    const spec = Object.freeze({
      http: Object.freeze([Object.freeze({ mirror: shared, route: Object.freeze([Object.freeze({ destination: shared })]) })]),
    });
    const { value, problems } = await check('VirtualService', { spec });
    expect(problems).toHaveLength(2);
    expect(value?.spec).toEqual({ http: [{ mirror: { host: 'a', port: {} }, route: [{ destination: { host: 'a', port: {} } }] }] });
    expect(shared.port).toEqual({ number: 'x' });
  });

  it('have keys from prototypes', async () => {
    const labels = JSON.parse('{"__proto__": 5, "constructor": "c", "toString": 7, "ok": "x"}') as Value;
    const spec = JSON.parse('{"hosts": ["a"], "http": [{"timeout": 5, "__proto__": {"name": "evil"}}], "__proto__": {"tls": 5}}') as Value;
    const { value, problems } = await check('VirtualService', { metadata: { name: 'a', labels }, spec });
    expect(problems.map(({ path: at }) => at.join('.'))).toEqual([
      'metadata.labels.__proto__',
      'metadata.labels.toString',
      'spec.http.0.timeout',
    ]);
    expect(Object.entries(value?.metadata.labels ?? {})).toEqual([
      ['constructor', 'c'],
      ['ok', 'x'],
    ]);
    expect(Object.keys(value?.spec.http?.[0] ?? {})).toEqual(['__proto__']);
    expect(value?.spec.http?.[0]?.name).toBeUndefined();
    expect(({} as Record<string, unknown>)['name']).toBeUndefined();
  });

  it('may have keys like paths', async () => {
    const { problems, leftOut } = await check('Namespace', { metadata: { name: 'a', labels: { 'a/b~c': 1, '': 2, '0': 3 } } });
    expect(problems.map(({ path: at }) => at[2])).toEqual(['0', 'a/b~c', '']);
    expect(leftOut).toHaveLength(3);
  });

  it('report a hundred problems, and fall as a whole with ten thousand', async () => {
    const http = (count: number): Value => ({ http: Array.from({ length: count }, () => ({ timeout: 5 })) });
    const some = await check('VirtualService', { spec: http(500) });
    expect({ problems: some.problems.length, more: some.more, leftOut: some.leftOut.length }).toEqual({
      problems: 100,
      more: 400,
      leftOut: 500,
    });
    const started = performance.now();
    const many = await check('VirtualService', { spec: http(300_000) });
    expect(many.value).toBeUndefined();
    expect(many.problems[0]?.message).toBe('the document has 10000 faults and null values or more, it is left out as a whole');
    expect(many.problems.length).toBeLessThan(110);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it.each([...patternWords.keys()])('do not keep the pattern %s busy', (pattern) => {
    const expression = new RegExp(pattern, 'u');
    const started = performance.now();
    for (const text of ['a', 'a.', 'a-', '0', '1h', '%41', 'a/', '!', 'a ', 'http://a.']) {
      for (const end of ['', '\0', '/', '_']) expression.test(`${text.repeat(1500)}${end}`);
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
