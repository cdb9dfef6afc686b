import {
  type Plant,
  plant,
  counted,
  cart,
  catalogue,
  search,
  storefront,
  checkout,
  ledger,
  webhook,
  shipping,
  stock,
  gateway,
  before,
  virtualService,
  destinationRule,
  named,
} from './plant.test-support.ts';

const split = `        - destination:
            host: catalogue
            subset: stable
          weight: 90
        - destination:
            host: catalogue
            subset: canary
          weight: 10`;
const testers = `    - name: testers
      match:
        - headers:
            x-tester:
              exact: "true"
      route:
        - destination:
            host: catalogue
            subset: canary
`;
const canaryShare = `            host: catalogue
            subset: canary
          weight: 10`;
const weights: Readonly<Record<string, Plant>> = {
  'a weight is changed': plant([
    catalogue,
    '      route:\n        - destination:\n            host: catalogue\n            subset: stable\n          weight: 90\n',
    '      route: # ! weight-sum\n        - destination:\n            host: catalogue\n            subset: stable\n          weight: 80\n',
  ]),
  'a weight of a tcp route is changed': plant([
    ledger,
    '      route:\n        - destination:\n            host: ledger\n            port:\n              number: 5433\n            subset: replica\n          weight: 80\n',
    '      route: # ! weight-sum\n        - destination:\n            host: ledger\n            port:\n              number: 5433\n            subset: replica\n          weight: 8\n',
  ]),
  'a weight is dropped': plant([
    catalogue,
    `        - destination:\n${canaryShare}`,
    '        - destination: # ! weight-missing\n            host: catalogue\n            subset: canary',
  ]),
  'all weights are zero': plant(
    [
      catalogue,
      '      route:\n        - destination:\n            host: catalogue\n            subset: stable\n          weight: 90\n',
      '      route: # ! weight-total-zero\n        - destination:\n            host: catalogue\n            subset: stable\n          weight: 0\n',
    ],
    [catalogue, 'weight: 10', 'weight: 0'],
  ),
  'a weight is negative': plant([catalogue, 'weight: 90', 'weight: -90 # ! negative-weight']),
  'a weight is a fraction': plant([catalogue, 'weight: 90', 'weight: 89.5 # ! schema-violation']),
  'a weight is too large': plant([catalogue, 'weight: 90', 'weight: 99999999999 # ! schema-violation']),
  'a single destination gets a weight': plant([
    stock,
    '        - destination:\n            host: stock\n',
    '        - destination:\n            host: stock\n          weight: 50 # ! weight-without-effect\n',
  ]),
  'one subset gets both shares': plant([
    catalogue,
    '        - destination:\n            host: catalogue\n            subset: stable\n          weight: 90\n',
    '        - destination: # ! destination-repeated\n            host: catalogue\n            subset: canary\n          weight: 90\n',
  ]),
};

const subsets: Readonly<Record<string, Plant>> = {
  'the subset of a route is mistyped': plant([storefront, 'subset: stable', 'subset: stabel # ! subset-not-found']),
  'the subset of a tcp route is mistyped': plant([
    ledger,
    'subset: replica\n          weight',
    'subset: replicas # ! subset-not-found\n          weight',
  ]),
  'the subset of a mirror is mistyped': plant([shipping, 'subset: v2', 'subset: v3 # ! subset-not-found']),
  'a subset gets another name': plant(
    [ledger, '    - name: replica\n', '    - name: replicas\n'],
    [ledger, 'subset: replica\n', 'subset: replica # ! subset-not-found\n'],
  ),
  'the DestinationRule is kept from the namespace of the gateway': counted(
    'no DestinationRule for the host in the input',
    [catalogue, '  host: catalogue.shop.svc.cluster.local\n', '  host: catalogue.shop.svc.cluster.local\n  exportTo:\n    - "."\n'],
    [storefront, 'subset: stable', 'subset: stable # ! subset-not-found'],
  ),
  'the DestinationRule is for another host': counted(
    'no DestinationRule for the host in the input',
    [shipping, '  host: shipping\n  subsets', '  host: shiping\n  subsets'],
    [shipping, 'subset: v1', 'subset: v1 # ! subset-not-found'],
    [shipping, 'subset: v2', 'subset: v2 # ! subset-not-found'],
  ),
  'the DestinationRule is deleted': counted(
    'no DestinationRule for the host in the input',
    [
      shipping,
      `${destinationRule}\n${named('shipping', 'warehouse')}\nspec:\n  host: shipping\n  subsets:\n    - name: v1\n      labels:\n        version: v1\n    - name: v2\n      labels:\n        version: v2\n---\n`,
      '',
    ],
    [shipping, 'subset: v1', 'subset: v1 # ! subset-not-found'],
    [shipping, 'subset: v2', 'subset: v2 # ! subset-not-found'],
  ),
  'the label of a subset is mistyped': plant([
    shipping,
    '        version: v2\n---\napiVersion: gateway',
    '        verison: v2 # ! subset-without-workloads\n---\napiVersion: gateway',
  ]),
  'pods lose the label of a subset': counted(
    'the pods of the subset may not be in the input',
    [shipping, '      app: shipping\n      version: v2\n', '      app: shipping\n'],
    [shipping, '        app: shipping\n        version: v2\n', '        app: shipping\n'],
    [
      shipping,
      '        version: v2\n---\napiVersion: gateway',
      '        version: v2 # ! subset-without-workloads\n---\napiVersion: gateway',
    ],
  ),
  'a subset is defined twice': plant([
    catalogue,
    '    - name: canary\n      labels:\n        track: canary\n',
    '    - name: canary\n      labels:\n        track: canary\n    - name: canary # ! subset-duplicate\n      labels:\n        track: stable\n',
  ]),
  'a second DestinationRule defines a subset differently': plant(
    before(
      catalogue,
      destinationRule,
      `${named('catalogue-canary', 'shop')}\nspec:\n  host: catalogue\n  subsets:\n    - name: canary # ! subset-defined-twice\n      labels:\n        track: stable`,
    ),
    [catalogue, '    - name: canary\n      labels', '    - name: canary # ! subset-defined-twice\n      labels'],
  ),
  'a broad DestinationRule hides subsets from its namespace': plant(
    before(
      checkout,
      destinationRule,
      `${named('limits', 'edge')}\nspec:\n  host: "*.shop.svc.cluster.local" # ! subset-hidden\n  trafficPolicy:\n    connectionPool:\n      tcp:\n        maxConnections: 100`,
    ),
  ),
};

const routes: Readonly<Record<string, Plant>> = {
  'two routes are swapped': plant(
    [catalogue, testers, ''],
    [
      catalogue,
      '          weight: 10\n',
      `          weight: 10\n${testers.replace('name: testers', 'name: testers # ! unreachable-route')}`,
    ],
  ),
  'a route is copied below itself': plant([
    catalogue,
    testers,
    `${testers}${testers.replace('name: testers', 'name: again # ! unreachable-route')}`,
  ]),
  'a prefix becomes / in front of a delegate': plant(
    [storefront, 'prefix: /cart', 'prefix: /'],
    [storefront, '- name: products', '- name: products # ! unreachable-route'],
    [storefront, '- name: pages', '- name: pages # ! unreachable-route'],
  ),
  'a prefix becomes / in a delegate': plant(
    [cart, 'prefix: /cart/coupons\n          method:\n            exact: PUT\n', 'prefix: /cart\n'],
    [cart, '- name: items', '- name: items # ! unreachable-route'],
  ),
  'a prefix becomes a regular expression for everything': plant(
    [storefront, '            prefix: /catalogue\n          method:\n            exact: GET\n', '            regex: ".*"\n'],
    [storefront, '- name: pages', '- name: pages # ! unreachable-route'],
  ),
  'the match of a tcp route is dropped': plant(
    [ledger, '    - match:\n        - port: 5433\n      route:', '    - route:'],
    [ledger, '    - match:\n        - port: 5432', '    - match: # ! unreachable-route\n        - port: 5432'],
  ),
  'the sniHosts of a tls route are routed twice': plant([
    webhook,
    '    - match:\n        - port: 443\n          sniHosts:\n            - hooks.example.com\n',
    '    - match:\n        - sniHosts:\n            - hooks.example.com\n      route:\n        - destination:\n            host: webhook\n            port:\n              number: 443\n    - match: # ! unreachable-route\n        - port: 443\n          sniHosts:\n            - hooks.example.com\n',
  ]),
  'a rule of an HTTPRoute says the same as the one before it': plant([
    search,
    '    - backendRefs:\n        - name: search\n          port: 8080',
    '    - matches: # ! unreachable-route\n        - path:\n            type: PathPrefix\n            value: /v2\n      backendRefs:\n        - name: search\n          port: 8080',
  ]),
  'a route for some callers hides another one from them': {
    ...plant([
      catalogue,
      testers,
      `    - match:\n        - sourceNamespace: edge\n      route:\n        - destination:\n            host: catalogue\n            subset: stable\n${testers.replace('name: testers', 'name: testers # ! partly-unreachable-route')}`,
    ]),
    preset: 'all',
  },
  'a route loses its destinations': plant([
    stock,
    '    - route:\n        - destination:\n            host: stock\n      timeout',
    '    - name: all # ! route-without-action\n      timeout',
  ]),
  'the last route is dropped': {
    ...plant(
      [catalogue, `    - name: split\n      route:\n${split}\n`, ''],
      [catalogue, '  http:\n    - name: testers', '  http: # ! catch-all-missing\n    - name: testers'],
      [catalogue, '    - name: canary\n      labels', '    - name: canary\n      labels'],
    ),
    preset: 'all',
  },
  'a host is routed by a second VirtualService': plant(
    before(
      cart,
      virtualService,
      `${named('catalogue-trial', 'shop')}\nspec:\n  hosts:\n    - catalogue # ! host-routed-twice\n  http:\n    - route:\n        - destination:\n            host: catalogue`,
    ),
    [catalogue, '  hosts:\n    - catalogue\n', '  hosts:\n    - catalogue # ! host-routed-twice\n'],
  ),
  'a second VirtualService takes requests of the first at the gateway': plant(
    before(
      search,
      virtualService,
      `${named('campaign', 'shop')}\nspec:\n  hosts:\n    - shop.example.com\n  gateways:\n    - edge/public\n  http:\n    - match:\n        - uri:\n            prefix: /catalogue/offers\n      route:\n        - destination:\n            host: storefront\n            port:\n              number: 8080`,
    ),
    [storefront, '- name: products', '- name: products # ! gateway-route-order'],
  ),
};

const references: Readonly<Record<string, Plant>> = {
  'the host of a destination is mistyped': counted('no such Service in the input', [
    storefront,
    'host: storefront',
    'host: storfront # ! host-not-found',
  ]),
  'the host of a destination with a subset is mistyped': counted('no such Service in the input', [
    storefront,
    'host: catalogue',
    'host: catalog # ! host-not-found',
  ]),
  'the host of a mirror is mistyped': counted('no such Service in the input', [
    shipping,
    '        - destination:\n            host: shipping\n            subset: v2\n',
    '        - destination:\n            host: shiping # ! host-not-found\n',
  ]),
  'the backend of an HTTPRoute is mistyped': counted('no such Service in the input', [
    search,
    '- name: catalogue',
    '- name: catalog # ! host-not-found',
  ]),
  'a Service is deleted': counted(
    'no such Service in the input',
    [
      webhook,
      `apiVersion: v1\nkind: Service\n${named('webhook', 'payments')}\nspec:\n  selector:\n    app: webhook\n  ports:\n    - name: tls\n      port: 443\n      targetPort: 8443\n---\n`,
      '',
    ],
    [webhook, 'host: webhook', 'host: webhook # ! host-not-found'],
  ),
  'a Service is kept from the namespace of the gateway': counted(
    'no such Service or ServiceEntry in the input',
    [
      webhook,
      `kind: Service\n${named('webhook', 'payments')}`,
      `kind: Service\n${named('webhook', 'payments')}\n  annotations:\n    networking.istio.io/exportTo: "."`,
    ],
    [webhook, 'host: webhook', 'host: webhook # ! host-not-found'],
  ),
  'the port of a destination is renumbered': plant([webhook, 'number: 443\n', 'number: 8443 # ! port-not-found\n']),
  'the port of a Service is renumbered': plant(
    [webhook, 'port: 443\n      targetPort', 'port: 444\n      targetPort'],
    [webhook, 'number: 443\n', 'number: 443 # ! port-not-found\n'],
  ),
  'the port of a backend of an HTTPRoute is renumbered': plant([
    search,
    '- name: catalogue\n          port: 8080',
    '- name: catalogue\n          port: 80 # ! port-not-found',
  ]),
  'the gateway of a VirtualService is mistyped': counted('no such Gateway in the input', [
    storefront,
    'edge/public',
    'edge/publik # ! gateway-not-found',
  ]),
  'a Gateway gets another name': counted(
    'no such Gateway in the input',
    [gateway, `kind: Gateway\n${named('public', 'edge')}`, `kind: Gateway\n${named('front', 'edge')}`],
    [storefront, 'edge/public', 'edge/public # ! gateway-not-found'],
    [webhook, 'edge/public', 'edge/public # ! gateway-not-found'],
  ),
};

const shapes: Readonly<Record<string, Plant>> = {
  'a field has the wrong type': plant([checkout, 'containerPort: 8080', 'containerPort: http # ! schema-violation']),
  'a resource is pasted twice': plant([
    cart,
    `apiVersion: v1\nkind: ServiceAccount\n${named('cart', 'shop')}\n`,
    `apiVersion: v1\nkind: ServiceAccount\n${named('cart', 'shop')}\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: cart # ! duplicate-resource\n  namespace: shop\n`,
  ]),
};

export const plantsOfTraffic: Readonly<Record<string, Plant>> = { ...weights, ...subsets, ...routes, ...references, ...shapes };
