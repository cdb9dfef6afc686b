import type { ResourceOf } from '../model/resource.ts';
import { doubtAt } from '../model/doubt.ts';
import { type Answer, found, oneOf, outcomes, unknown } from './answer.ts';
import type { Mesh } from './mesh.ts';
import { selects } from './selectors.ts';

type Labels = Readonly<Record<string, string>>;

/** `from` of allowedRoutes and allowedListeners. */
export interface NamespaceSelection {
  readonly from: 'All' | 'Same' | 'Selector' | 'None';
  readonly selector?:
    | {
        readonly matchLabels?: Labels;
        readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
      }
    | undefined;
}

/**
 * Whether a selection that stands in one namespace (`own`) takes resources of another: unknown where the labels of a Namespace decide that is
 * not in the input.
 * Source: pilot/pkg/config/kube/gateway/conversion.go, namespacesFromSelector.
 */
export function takesNamespace(mesh: Mesh, { from, selector }: NamespaceSelection, own: string, namespace: string): Answer<boolean> {
  switch (from) {
    case 'All':
      return found(true);
    case 'None':
      return found(false);
    case 'Same':
      return found(own === namespace);
    case 'Selector': {
      if (selector === undefined) return found(true);
      // A name alone decides without the Namespace.
      const named = selectsLabels(selector, { [nameLabel]: namespace });
      if (
        Object.keys(selector.matchLabels ?? {})
          .concat((selector.matchExpressions ?? []).map(({ key }) => key))
          .every(isName)
      ) {
        return found(named);
      }
      const answer = mesh.lookup('Namespace', '', namespace);
      if (answer.kind === 'missing') return found(false);
      if (answer.kind === 'unknown') return unknown('the Namespace that a selector asks about is not in the input');
      const taken = new Set<boolean>();
      for (const one of outcomes(answer)) {
        const doubt = doubtAt(one, 'metadata', 'labels');
        if (doubt !== undefined) return unknown(doubt);
        taken.add(selectsLabels(selector, labelsOf(one)));
      }
      const [first = false, ...others] = taken;
      return oneOf(first, ...others);
    }
  }
}

const nameLabel = 'kubernetes.io/metadata.name';
const isName = (key: string): boolean => key === nameLabel;

/** Every Namespace carries its own name as a label. */
export function labelsOf({ metadata }: ResourceOf<'Namespace'>): Labels {
  return { ...metadata.labels, [nameLabel]: metadata.name };
}

export function selectsLabels(
  { matchLabels = {}, matchExpressions = [] }: NonNullable<NamespaceSelection['selector']>,
  labels: Labels,
): boolean {
  if (!selects(matchLabels, labels)) return false;
  return matchExpressions.every(({ key, operator, values = [] }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
      default:
        return false;
    }
  });
}
