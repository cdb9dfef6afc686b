import type { ModelKind } from './kinds.ts';

/**
 * In what the standard channel of the Gateway API differs from the experimental one, of which the schemas are. Held against the
 * CustomResourceDefinitions of both channels by a test.
 */
export interface ChannelDifference {
  /** Versions that only the experimental channel serves; all, where the kind is in no other. */
  readonly versions?: readonly string[];
  /** Fields that only the experimental channel has; `*` is any item of a list. */
  readonly fields?: readonly Path[];
  /** Values that only the experimental channel allows. */
  readonly values?: readonly { readonly path: Path; readonly value: string }[];
  /** Fields whose text only the experimental channel looks at. */
  readonly anyText?: readonly Path[];
}

type Path = readonly string[];

const ruleFilters: readonly Path[] = [
  ['spec', 'rules', '*', 'filters', '*'],
  ['spec', 'rules', '*', 'backendRefs', '*', 'filters', '*'],
];

const headerValues = ruleFilters.flatMap((filter) =>
  ['requestHeaderModifier', 'responseHeaderModifier'].flatMap((modifier) =>
    ['add', 'set'].map((list): Path => [...filter, modifier, list, '*', 'value']),
  ),
);
const sessionPersistence: Path = ['spec', 'rules', '*', 'sessionPersistence'];
const useDefaultGateways: Path = ['spec', 'useDefaultGateways'];

export const standardChannel: Readonly<Partial<Record<ModelKind, ChannelDifference>>> = {
  KubernetesGateway: { fields: [['spec', 'defaultScope']] },
  HTTPRoute: {
    fields: [
      ...ruleFilters.map((filter): Path => [...filter, 'externalAuth']),
      ['spec', 'rules', '*', 'retry'],
      sessionPersistence,
      useDefaultGateways,
    ],
    values: ruleFilters.map((filter) => ({ path: [...filter, 'type'], value: 'ExternalAuth' })),
    anyText: [...headerValues, ['spec', 'rules', '*', 'matches', '*', 'headers', '*', 'value']],
  },
  GRPCRoute: { fields: [sessionPersistence, useDefaultGateways], anyText: headerValues },
  TLSRoute: { versions: ['v1alpha2', 'v1alpha3'], fields: [useDefaultGateways] },
  TCPRoute: { versions: ['v1alpha2'], fields: [useDefaultGateways] },
  UDPRoute: { versions: ['v1alpha2'], fields: [useDefaultGateways] },
  BackendTLSPolicy: { versions: ['v1alpha3'] },
  XBackend: { versions: ['v1alpha1'] },
  XBackendTrafficPolicy: { versions: ['v1alpha1'] },
  XMesh: { versions: ['v1alpha1'] },
};
