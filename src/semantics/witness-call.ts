import { parseBlock } from './access-addresses.ts';
import type { Call, Claims, SeenRequest } from './access-call.ts';
import { fields, type FieldName } from './access-fields.ts';
import type { MatchContext } from './authorization-match.ts';
import type { Alternative, AuthorizationRule, Clause } from './authorization-rules.ts';
import { isIdentityField } from './identities.ts';

type Draft = { -readonly [K in keyof Call]: Call[K] };

export interface WitnessStart {
  readonly identity: string | undefined;
  /** 0: any. */
  readonly port: number;
  readonly chain: 'http' | 'tcp' | 'auto';
}

/**
 * A call that one source and one operation of a rule take, whoever calls: values are made up field by field, until each clause is met. Undefined
 * where none was found. What it says of identities is not looked at: that is for whoever asks.
 */
export function witnessCall(
  rule: AuthorizationRule,
  source: Alternative | undefined,
  operation: Alternative | undefined,
  { identity, port, chain }: WitnessStart,
  context: MatchContext,
): Call | undefined {
  const clauses = [...(source?.clauses ?? []), ...(operation?.clauses ?? []), ...rule.conditions].filter(
    ({ field }) => !isIdentityField(field),
  );
  const asHttp = chain !== 'tcp';
  const call: Draft = {
    chain: asHttp ? 'http' : 'tcp',
    identity,
    ip: undefined,
    remoteIp: undefined,
    port,
    destinationIp: undefined,
    // Without TLS there is no server name.
    sni: identity === undefined ? '' : undefined,
    http: asHttp ? plainRequest : undefined,
  };
  const groups = new Map<string, Clause[]>();
  for (const clause of clauses) {
    const key = `${clause.field} ${clause.names.join('\n')}`;
    groups.set(key, [...(groups.get(key) ?? []), clause]);
  }
  for (const group of groups.values()) if (!meet(call, group, { ...context, namespace: rule.policy.metadata.namespace })) return undefined;
  return call;
}

const plainRequest: SeenRequest = {
  method: 'GET',
  host: 'example.com',
  target: '/',
  headers: new Map(),
  claims: undefined,
  spaceDelimited: new Set(),
};

/** Changes the call until it meets all clauses of one field. */
function meet(call: Draft, group: readonly Clause[], context: MatchContext & { readonly namespace: string }): boolean {
  const [first] = group;
  if (first === undefined) return true;
  const { field, names } = first;
  const met = (): boolean =>
    group.every(({ values, notValues, malformed }) => {
      const matches = (value: string): boolean | undefined => {
        const truth = fields[field].matches(value, call, { ...context, names });
        return typeof truth === 'boolean' ? truth : undefined;
      };
      return (
        !malformed &&
        (values.length === 0 || values.some((value) => matches(value) === true)) &&
        notValues.every((value) => matches(value) === false)
      );
    });
  if (met()) return true;
  const makers = change[field];
  if (makers === undefined || (fields[field].httpOnly && call.http === undefined)) return false;
  const written = group.flatMap(({ values }) => values.flatMap(concrete));
  for (const text of [...written, ...makers.others]) {
    if (makers.set(call, text, names) && met()) return true;
  }
  return false;
}

/** Texts that a value takes. */
function concrete(value: string): readonly string[] {
  if (value === '*') return [];
  if (value.includes('{')) return [value.replaceAll('{**}', 'x').replaceAll('{*}', 'x')];
  if (value.startsWith('*')) return [`x${value.slice(1)}`, `/x${value.slice(1)}`, value.slice(1)];
  return [value.endsWith('*') ? value.slice(0, -1) : value];
}

interface Maker {
  /** Tried after what is written. */
  readonly others: readonly string[];
  /** False where the text can't be used. */
  set(call: Draft, text: string, names: readonly string[]): boolean;
}

const addresses = ['10.0.0.1', '192.0.2.1', '2001:db8::1'];

const change: { readonly [F in FieldName]?: Maker } = {
  methods: { others: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'], set: (call, method) => onRequest(call, { method }) },
  paths: { others: ['/', '/x', '/a/b'], set: (call, target) => onRequest(call, { target }) },
  hosts: { others: ['example.com', 'x'], set: (call, host) => onRequest(call, { host }) },
  headers: {
    others: ['x', 'y'],
    set: (call, text, [name = '']) => onRequest(call, { headers: new Map(call.http?.headers).set(name.toLowerCase(), text) }),
  },
  requestPrincipals: {
    others: ['https://issuer.example/x'],
    set(call, text) {
      const slash = text.lastIndexOf('/');
      const claims: Claims = { iss: slash === -1 ? text : text.slice(0, slash), sub: slash === -1 ? 'x' : text.slice(slash + 1) || 'x' };
      return onRequest(call, { claims });
    },
  },
  ports: {
    others: ['80', '8080', '65000'],
    set(call, text) {
      call.port = Number(text);
      return Number.isInteger(call.port);
    },
  },
  ipBlocks: {
    others: addresses,
    set(call, text) {
      call.ip = baseOf(text);
      return call.ip !== undefined;
    },
  },
  remoteIpBlocks: {
    others: addresses,
    set(call, text) {
      call.remoteIp = baseOf(text);
      return call.remoteIp !== undefined;
    },
  },
  destinationIps: {
    others: addresses,
    set(call, text) {
      call.destinationIp = baseOf(text);
      return call.destinationIp !== undefined;
    },
  },
};

function onRequest(call: Draft, part: Partial<SeenRequest>): boolean {
  if (call.http === undefined) return false;
  call.http = { ...call.http, ...part };
  return true;
}

function baseOf(block: string): string | undefined {
  return parseBlock(block) === undefined ? undefined : (block.split('/', 1)[0] ?? undefined);
}
