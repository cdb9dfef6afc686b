import { outcomes } from '../graph/answer.ts';
import { policyScopeOf } from '../graph/authorization.ts';
import { choicesOf, type DestinationRule, type EffectiveDestinationRule } from '../graph/destination-rules.ts';
import type { Mesh } from '../graph/mesh.ts';
import { describedPod, workloadsTaking } from '../graph/policy-workloads.ts';
import { servedBy } from '../graph/served-by.ts';
import { selects } from '../graph/selectors.ts';
import { servicesOf } from '../graph/services.ts';
import type { Place } from '../model/place.ts';
import type { AuthorizationRule, Clause } from './authorization-rules.ts';
import { portPolicyOf } from './client-tls-policy.ts';
import { isAmbient } from './policy-ports.ts';

/** Why clients send plaintext: by a `tls` block of a DestinationRule, or since nothing says otherwise and automatic mutual TLS is off. */
export type PlaintextCause =
  { readonly kind: 'destination-rule'; readonly rule: DestinationRule; readonly at: Place } | { readonly kind: 'auto-mtls-off' };

/** Values of a source whose workloads send plaintext to whatever the policy is for, and so come without an identity. */
export interface PlaintextClients {
  readonly values: readonly string[];
  readonly at: Place;
  readonly cause: PlaintextCause;
}

/** Of one identity field of a rule; undefined where some of its callers, or all, come with mutual TLS as far as is known. */
export function plaintextClientsOf(mesh: Mesh, rule: AuthorizationRule, clause: Clause): PlaintextClients | undefined {
  const { namespace } = rule.policy.metadata;
  if (clause.values.length === 0 || policyScopeOf(mesh, rule.policy) === 'mesh' || isAmbient(mesh, namespace)) return undefined;
  const targets = targetsOf(mesh, rule);
  const sending = clause.values.flatMap((value, i) => {
    const client = clientNamespaceOf(clause, value, namespace);
    if (client !== undefined && isAmbient(mesh, client)) return [];
    // Who may be of any namespace sends plaintext where those do that have no rules of their own.
    const clients = client === undefined ? ['', namespace] : [client];
    const causes = clients.flatMap((one) => targets.map((target) => causeOf(mesh, one, target)));
    const [cause] = causes;
    return cause === undefined || causes.includes(undefined) ? [] : [{ value, i, cause }];
  });
  const [first] = sending;
  if (first === undefined) return undefined;
  const { valuesAt } = clause;
  const single = sending.length === 1 && valuesAt.kind === 'node' ? { ...valuesAt, path: [...valuesAt.path, first.i] } : valuesAt;
  return { values: sending.map(({ value }) => value), at: single, cause: first.cause };
}

interface Target {
  readonly host: string;
  readonly port: number;
}

/** The services by which the workloads are called; where they are not in the input, any service of the namespace that no rule is written for alone. */
function targetsOf(mesh: Mesh, { policy }: AuthorizationRule): readonly Target[] {
  const { namespace } = policy.metadata;
  const workloads = workloadsTaking(mesh, policy);
  const served = workloads.flatMap((workload) =>
    servedBy(mesh, workload).map(({ service, port }) => ({ host: service.host, port: port.number })),
  );
  if (served.length > 0) return served;
  const { labels } = describedPod(policy);
  const named = servicesOf(mesh).all.filter(
    (service) => service.namespace === namespace && service.selector !== undefined && selects(service.selector, labels),
  );
  const ports = named.flatMap(({ host, ports: own }) =>
    own.length === 0 ? [{ host, port: 0 }] : own.map(({ number }) => ({ host, port: number })),
  );
  return ports.length > 0 ? ports : [{ host: `--any.${namespace}.svc.${mesh.domain}`, port: 0 }];
}

/** Undefined: any namespace, or several. */
function clientNamespaceOf({ field }: Clause, value: string, own: string): string | undefined {
  if (field === 'namespaces') return value.includes('*') ? undefined : value;
  if (field === 'serviceAccounts') return value.includes('/') ? value.slice(0, value.indexOf('/')) : own;
  return field === 'principals' ? /^[^/]+\/ns\/([^/*]+)\//.exec(value)?.[1] : undefined;
}

/** Undefined: mutual TLS, or not known. */
function causeOf(mesh: Mesh, client: string, { host, port }: Target): PlaintextCause | undefined {
  const answer = mesh.destinationRules.forClient(client, host);
  const rules = outcomes(answer);
  const off: PlaintextCause = { kind: 'auto-mtls-off' };
  if (rules.length === 0) return answer.kind === 'missing' && !mesh.config.enableAutoMtls ? off : undefined;
  const causes = rules.flatMap((rule) => causesIn(mesh, rule, port));
  return causes.includes(undefined) ? undefined : causes[0];
}

function causesIn(mesh: Mesh, effective: EffectiveDestinationRule, port: number): readonly (PlaintextCause | undefined)[] {
  const auto: PlaintextCause | undefined = mesh.config.enableAutoMtls ? undefined : { kind: 'auto-mtls-off' };
  if (effective.level === 'none') return [auto];
  // Routes may lead to subsets, which may have a tls block of their own.
  const names = [undefined, ...effective.subsets.keys()];
  return names.flatMap((name) =>
    choicesOf(effective, name).map((choice): PlaintextCause | undefined => {
      const { tls } = portPolicyOf(choice, port);
      if (tls === undefined) return auto;
      return tls.mode === 'DISABLE' ? { kind: 'destination-rule', rule: choice.policy ?? choice.oldest, at: tls.at } : undefined;
    }),
  );
}
