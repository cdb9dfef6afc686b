import { describe, expect, it } from 'vitest';
import { isKnownVersion, kindOf, kindRow, kinds } from './kinds.ts';

const found = (apiVersion: string, kind: string): string => {
  const row = kindOf(apiVersion, kind);
  return typeof row === 'string' ? row : row.kind;
};

describe('kindOf', () => {
  it.each([
    ['networking.istio.io/v1', 'VirtualService', 'VirtualService'],
    ['networking.istio.io/v1alpha3', 'VirtualService', 'VirtualService'],
    ['networking.istio.io/v9', 'VirtualService', 'VirtualService'],
    ['networking.istio.io/v1', 'Gateway', 'Gateway'],
    ['gateway.networking.k8s.io/v1', 'Gateway', 'KubernetesGateway'],
    ['gateway.networking.k8s.io/v1beta1', 'HTTPRoute', 'HTTPRoute'],
    ['gateway.networking.x-k8s.io/v1alpha1', 'XMesh', 'XMesh'],
    ['v1', 'Service', 'Service'],
    ['apps/v1', 'Deployment', 'Deployment'],
    ['argoproj.io/v1alpha1', 'Rollout', 'Rollout'],
    ['flagger.app/v1beta1', 'Canary', 'Canary'],
  ])('%s %s is the kind %s', (apiVersion, kind, expected) => {
    expect(found(apiVersion, kind)).toBe(expected);
  });

  it.each([
    ['serving.knative.dev/v1', 'Service'],
    ['networking.gke.io/v1', 'Gateway'],
    ['argoproj.io/v1alpha1', 'Application'],
    ['istio.io/v1', 'VirtualService'],
    ['notistio.io/v1', 'VirtualService'],
    ['example.com/v1', '__proto__'],
  ])('%s %s is foreign', (apiVersion, kind) => {
    expect(found(apiVersion, kind)).toBe('foreign');
  });

  it.each([
    ['install.istio.io/v1alpha1', 'IstioOperator'],
    ['networking.istio.io/v1', 'KubernetesGateway'],
    ['gateway.networking.x-k8s.io/v1alpha1', 'XListenerSet'],
    ['rbac.authorization.k8s.io/v1', 'Role'],
    ['policy/v1', 'PodDisruptionBudget'],
    ['v1', 'List'],
    ['apps/v1', 'Service'],
    ['v1', '__proto__'],
    ['v1', ''],
  ])('%s %s is of a known group, but not modelled', (apiVersion, kind) => {
    expect(found(apiVersion, kind)).toBe('not-modelled');
  });

  it('knows a CustomResourceDefinition', () => {
    expect(found('apiextensions.k8s.io/v1', 'CustomResourceDefinition')).toBe('definition');
  });
});

describe('isKnownVersion', () => {
  it.each([
    ['VirtualService', 'networking.istio.io/v1', true],
    ['VirtualService', 'networking.istio.io/v9', false],
    ['VirtualService', 'networking.istio.io', false],
    ['Service', 'v1', true],
    ['Service', 'v2', false],
  ] as const)('%s in %s: %s', (kind, apiVersion, expected) => {
    expect(isKnownVersion(kindRow(kind), apiVersion)).toBe(expected);
  });
});

describe('the table', () => {
  it('has each kind and each schema once', () => {
    expect(new Set(kinds.map(({ kind }) => kind)).size).toBe(kinds.length);
    expect(new Set(kinds.map(({ schema }) => schema)).size).toBe(kinds.length);
  });

  it('projects what is of Kubernetes and its neighbours, nothing of Istio or the Gateway API', () => {
    expect(kinds.filter(({ projected }) => projected).map(({ schema }) => schema.split('/')[0])).not.toContain('istio');
    expect(kinds.filter(({ projected }) => !projected).map(({ schema }) => schema.split('/')[0])).not.toContain('kubernetes');
  });
});
