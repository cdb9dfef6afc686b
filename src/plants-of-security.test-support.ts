import {
  type Plant,
  plant,
  counted,
  cart,
  catalogue,
  search,
  checkout,
  ledger,
  webhook,
  shipping,
  stock,
  mesh,
  before,
  peerAuthentication,
  authorizationPolicy,
  destinationRule,
  named,
  app,
} from './plant.test-support.ts';

const mtls: Readonly<Record<string, Plant>> = {
  'the mode of the mesh is weakened': plant([mesh, 'mode: STRICT', 'mode: PERMISSIVE # ! permissive-mtls']),
  'a namespace is weakened': plant(
    before(cart, peerAuthentication, `${named('default', 'shop')}\nspec:\n  mtls:\n    mode: PERMISSIVE # ! permissive-mtls`),
  ),
  'a port is weakened': plant(
    before(
      ledger,
      peerAuthentication,
      `${named('ledger', 'payments')}\nspec:\n${app('ledger')}\n  mtls:\n    mode: STRICT\n  portLevelMtls:\n    5432:\n      mode: PERMISSIVE # ! permissive-mtls`,
    ),
  ),
  'the policy of the mesh is deleted': counted(
    'no PeerAuthentication for the namespace in the input',
    [
      mesh,
      `# Only mutual TLS, in the whole mesh.\n${peerAuthentication}\n${named('default', 'istio-system')}\nspec:\n  mtls:\n    mode: STRICT\n---\n`,
      '',
    ],
    [mesh, '  name: shop\n', '  name: shop # ! plaintext-by-default\n'],
    [mesh, '  name: payments\n', '  name: payments # ! plaintext-by-default\n'],
    [mesh, '  name: warehouse\n', '  name: warehouse # ! plaintext-by-default\n'],
  ),
  'a policy for some pods stands in the root namespace': plant(
    before(
      mesh,
      peerAuthentication,
      `${named('cart', 'istio-system')}\nspec:\n  selector: # ! peer-authentication-ignored\n    matchLabels:\n      app: cart\n  mtls:\n    mode: STRICT`,
    ),
  ),
  'a policy is for a port that no container has': plant(
    before(
      ledger,
      peerAuthentication,
      `${named('ledger', 'payments')}\nspec:\n${app('ledger')}\n  mtls:\n    mode: STRICT\n  portLevelMtls:\n    5431: # ! mtls-port-not-found\n      mode: DISABLE`,
    ),
  ),
  'a policy is for the port of the Service': plant(
    before(
      ledger,
      peerAuthentication,
      `${named('ledger', 'payments')}\nspec:\n${app('ledger')}\n  mtls:\n    mode: STRICT\n  portLevelMtls:\n    5433: # ! mtls-port-of-service\n      mode: STRICT`,
    ),
  ),
  'the selector of a PeerAuthentication is mistyped': counted(
    'no pod with these labels in the input',
    before(
      ledger,
      peerAuthentication,
      `${named('ledger', 'payments')}\nspec:\n  selector:\n    matchLabels:\n      app: leger # ! policy-selects-nothing\n  mtls:\n    mode: STRICT`,
    ),
  ),
  'a namespace has two policies': plant(
    before(
      cart,
      peerAuthentication,
      `metadata:\n  name: default # ! peer-authentication-order\n  namespace: shop\nspec:\n  mtls:\n    mode: STRICT`,
      `metadata:\n  name: migration # ! peer-authentication-order\n  namespace: shop\nspec: {}`,
    ),
  ),
  'a DestinationRule turns mutual TLS off': plant([
    catalogue,
    '  trafficPolicy:\n    outlierDetection',
    '  trafficPolicy:\n    tls:\n      mode: DISABLE # ! mtls-conflict\n    outlierDetection',
  ]),
  'a DestinationRule sends TLS of its own to the mesh': plant([
    shipping,
    '  host: shipping\n  subsets',
    '  host: shipping\n  trafficPolicy:\n    tls:\n      mode: SIMPLE # ! mtls-conflict\n  subsets',
  ]),
  'a DestinationRule sends mutual TLS to pods without a proxy': plant(
    [
      catalogue,
      '  trafficPolicy:\n    outlierDetection',
      '  trafficPolicy:\n    tls:\n      mode: ISTIO_MUTUAL # ! mtls-conflict\n    outlierDetection',
    ],
    [
      catalogue,
      '        app: catalogue\n        track: canary\n',
      '        app: catalogue\n        track: canary\n        sidecar.istio.io/inject: "false"\n',
    ],
  ),
  'a broad DestinationRule sends plaintext': plant(
    before(
      cart,
      destinationRule,
      `${named('legacy', 'istio-system')}\nspec:\n  host: "*.local"\n  trafficPolicy:\n    tls:\n      mode: DISABLE # ! mtls-conflict`,
    ),
  ),
  'mutual TLS is turned off where clients are told to use it': plant(
    [shipping, '  host: shipping\n  subsets', '  host: shipping\n  trafficPolicy:\n    tls:\n      mode: ISTIO_MUTUAL\n  subsets'],
    before(
      shipping,
      peerAuthentication,
      `${named('shipping', 'warehouse')}\nspec:\n${app('shipping')}\n  mtls:\n    mode: DISABLE # ! mtls-refused`,
    ),
  ),
  'settings of a port turn TLS off': plant([
    shipping,
    '        - api.carrier.example.com\n',
    '        - api.carrier.example.com\n    portLevelSettings:\n      - port:\n          number: 80 # ! tls-settings-erased\n        connectionPool:\n          tcp:\n            maxConnections: 10\n',
  ]),
  'a sidecar is given a credential that it can not fetch': plant([
    shipping,
    '      sni: api.carrier.example.com\n',
    '      sni: api.carrier.example.com\n      credentialName: carrier # ! credential-without-selector\n',
  ]),
};

const principals: Readonly<Record<string, Plant>> = {
  'a principal becomes every identity': plant([stock, '- cluster.local/ns/warehouse/sa/shipping', '- "*" # ! overbroad-principals']),
  'a principal becomes every identity of the trust domain': plant([
    stock,
    '- cluster.local/ns/warehouse/sa/shipping',
    '- cluster.local/* # ! overbroad-principals',
  ]),
  'a principal becomes a prefix over namespaces': plant([
    stock,
    '- cluster.local/ns/warehouse/sa/shipping',
    '- cluster.local/ns/ware* # ! principal-crosses-namespaces',
  ]),
  'a principal becomes a namespace': {
    ...plant([
      stock,
      'principals:\n              - cluster.local/ns/shop/sa/catalogue\n              - cluster.local/ns/warehouse/sa/shipping',
      'namespaces:\n              - shop # ! whole-namespace-source',
    ]),
    preset: 'all',
  },
  'a principal gets the prefix of SPIFFE': plant([
    checkout,
    '- cluster.local/ns/shop/sa/cart',
    '- spiffe://cluster.local/ns/shop/sa/cart # ! principal-never-matches',
  ]),
  'a principal has a star in the middle': plant([
    checkout,
    '- cluster.local/ns/shop/sa/cart',
    '- cluster.local/ns/*/sa/cart # ! principal-never-matches',
  ]),
  'a principal lacks a part': plant([checkout, '- cluster.local/ns/shop/sa/cart', '- cluster.local/shop/cart # ! principal-never-matches']),
  'a principal names an account that there is none of': counted('no such service account in the input', [
    checkout,
    '- cluster.local/ns/shop/sa/cart',
    '- cluster.local/ns/shop/sa/card # ! principal-never-matches',
  ]),
  'a principal is of a foreign trust domain': counted('the trust domains that the mesh takes are not in the input', [
    checkout,
    '- cluster.local/ns/shop/sa/cart',
    '- shop.local/ns/shop/sa/cart # ! foreign-trust-domain',
  ]),
  'a rule admits anyone to anything': plant([
    cart,
    '    - from:\n        - source:\n            principals:\n              - cluster.local/ns/edge/sa/public-gateway\n              - cluster.local/ns/shop/sa/storefront\n      to:\n        - operation:\n            methods: ["GET", "PUT", "DELETE"]\n',
    '    - {} # ! authorization-allows-anyone\n',
  ]),
  'the sources of a rule become empty, and so does what it admits to': plant([
    cart,
    '    - from:\n        - source:\n            principals:\n              - cluster.local/ns/edge/sa/public-gateway\n              - cluster.local/ns/shop/sa/storefront\n      to:\n        - operation:\n            methods: ["GET", "PUT", "DELETE"]\n',
    '    - from: [] # ! authorization-allows-anyone\n',
  ]),
  'a rule loses its sources': plant([
    cart,
    '    - from:\n        - source:\n            principals:\n              - cluster.local/ns/edge/sa/public-gateway\n              - cluster.local/ns/shop/sa/storefront\n      to:',
    '    - to: # ! authorization-without-source',
  ]),
  'a source says only who is not admitted': plant([
    cart,
    '            principals:\n              - cluster.local/ns/edge/sa/public-gateway\n              - cluster.local/ns/shop/sa/storefront\n',
    '            notPrincipals:\n              - cluster.local/ns/warehouse/sa/shipping # ! negative-only-source\n',
  ]),
  'everyone is denied': plant(
    before(
      stock,
      authorizationPolicy,
      `${named('closed', 'warehouse')}\nspec:\n${app('stock')}\n  action: DENY\n  rules:\n    - {} # ! deny-all-lockout`,
    ),
  ),
  'a rule for a TCP port asks for a method': plant([ledger, 'ports: ["5432"]', 'methods: ["GET"] # ! rule-without-effect']),
  'what denies a method reaches a TCP port': plant(
    before(
      ledger,
      authorizationPolicy,
      `${named('no-deletes', 'payments')}\nspec:\n${app('ledger')}\n  action: DENY\n  rules:\n    - to:\n        - operation:\n            methods: ["DELETE"] # ! deny-widened-on-tcp`,
    ),
  ),
  'the selector of an AuthorizationPolicy is mistyped': counted('no pod with these labels in the input', [
    search,
    `${named('search', 'shop')}\nspec:\n${app('search')}\n  action`,
    `${named('search', 'shop')}\nspec:\n  selector:\n    matchLabels:\n      app: serch # ! policy-selects-nothing\n  action`,
  ]),
  'the selector of a RequestAuthentication is mistyped': counted('no pod with these labels in the input', [
    checkout,
    '      app: checkout\n  jwtRules',
    '      app: check-out # ! policy-selects-nothing\n  jwtRules',
  ]),
  'a port is taken off mutual TLS although callers are told apart by name': plant(
    before(
      webhook,
      peerAuthentication,
      `${named('webhook', 'payments')}\nspec:\n${app('webhook')}\n  mtls:\n    mode: DISABLE # ! permissive-mtls`,
    ),
    [webhook, '- cluster.local/ns/edge/sa/public-gateway', '- cluster.local/ns/edge/sa/public-gateway # ! source-needs-mtls'],
  ),
};

export const plantsOfSecurity: Readonly<Record<string, Plant>> = { ...mtls, ...principals };
