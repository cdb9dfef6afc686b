/** In one file, a text that stands there once gets another one. */
export type Edit = readonly [file: string, text: string, instead: string];

/**
 * One fault. The lines on which it must be reported, and by which rule, are marked: `# ! subset-not-found`. With default options it is found as
 * well, unless `unknown` says which reason the rule counts instead.
 */
export interface Plant {
  readonly edits: readonly Edit[];
  readonly unknown?: string;
  /** Default: strict. */
  readonly preset?: 'strict' | 'all';
}

export const plant = (...edits: readonly Edit[]): Plant => ({ edits });
/** Found in a complete mesh, and counted with this reason otherwise. */
export const counted = (unknown: string, ...edits: readonly Edit[]): Plant => ({ edits, unknown });

export const cart = 'shop/cart.yaml';
export const catalogue = 'shop/catalogue.yaml';
export const search = 'shop/search.yaml';
export const storefront = 'shop/storefront.yaml';
export const checkout = 'payments/checkout.yaml';
export const ledger = 'payments/ledger.yaml';
export const webhook = 'payments/webhook.yaml';
export const shipping = 'warehouse/shipping.yaml';
export const stock = 'warehouse/stock.yaml';
export const gateway = 'edge/gateway.yaml';
export const mesh = 'mesh.yaml';

/** Puts documents in front of those of a file. */
export const before = (file: string, kind: string, ...documents: readonly string[]): Edit => {
  const head = heads[file] ?? '';
  return [file, head, `${documents.map((document) => `${kind}\n${document}\n---\n`).join('')}${head}`];
};
const heads: Readonly<Record<string, string>> = {
  [mesh]: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: edge\n',
  ...Object.fromEntries(
    Object.entries({ cart, catalogue, search, storefront, checkout, ledger, webhook, shipping, stock }).map(([name, file]) => [
      file,
      `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: ${file.split('/')[0] ?? ''}\n`,
    ]),
  ),
};
export const peerAuthentication = 'apiVersion: security.istio.io/v1\nkind: PeerAuthentication';
export const authorizationPolicy = 'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy';
export const virtualService = 'apiVersion: networking.istio.io/v1\nkind: VirtualService';
export const destinationRule = 'apiVersion: networking.istio.io/v1\nkind: DestinationRule';
export const named = (name: string, namespace: string): string => `metadata:\n  name: ${name}\n  namespace: ${namespace}`;
export const app = (name: string): string => `  selector:\n    matchLabels:\n      app: ${name}`;
