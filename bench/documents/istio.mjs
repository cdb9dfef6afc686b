/** Routing and policies with Istio's own kinds. Where `broken`, each of them has a finding; a `fault` is one that only some services have. */

export const virtualService = ({ name, namespace, gateway: edge, fault, exportLocal }) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  hosts:
    - ${name}.${namespace}.svc.cluster.local
    - ${name}.example.org
${exportLocal ? '  exportTo: ["."]\n' : ''}  gateways:
    - mesh
    - ${fault === 'gateway' ? `${namespace}/edge-nowhere` : edge}
  http:
    - name: preview # for those who ask for it
      match:
        - headers:
            x-preview:
              exact: "yes"
          uri:
            prefix: /v1/
      route:
        - destination:
            host: ${name}.${namespace}.svc.cluster.local
            subset: ${fault === 'subset' ? 'v9' : 'next'}
            port:
              number: ${fault === 'port' ? 8181 : 8080}
      timeout: 3s
    - name: split
      match:
        - uri:
            prefix: /v1
        - uri:
            regex: "/v[0-9]+/items(/.*)?"
      route:
        - destination:
            host: ${name}.${namespace}.svc.cluster.local
            subset: current
            port:
              number: 8080
          weight: ${fault === 'weight' ? 75 : 80}
        - destination:
            host: ${name}.${namespace}.svc.cluster.local
            subset: next
            port:
              number: 8080
          weight: 20
      retries:
        attempts: 2
        perTryTimeout: 1500ms
        retryOn: gateway-error,reset
    - route:
        - destination:
            host: ${fault === 'host' ? 'nowhere' : name}.${namespace}.svc.cluster.local
            subset: current
`;

export const destinationRule = ({ name, namespace, broken, nextVersion = 'v1' }) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  host: ${name}.${namespace}.svc.cluster.local
  trafficPolicy:
    tls:
      mode: ${broken ? 'MUTUALLY' : 'ISTIO_MUTUAL'}
    loadBalancer:
      simple: LEAST_REQUEST
    connectionPool:
      tcp:
        maxConnections: 64
      http:
        http1MaxPendingRequests: 256
        maxRequestsPerConnection: 32
    outlierDetection:
      consecutive5xxErrors: 7
      interval: 5s
      baseEjectionTime: 20s
  subsets:
    - name: current
      labels:
        version: v1
    - name: next
      labels:
        version: ${nextVersion}
      trafficPolicy:
        loadBalancer:
          simple: RANDOM
`;

export const authorizationPolicy = ({
  name,
  namespace,
  caller,
  callerNamespace = namespace,
  fault,
  broken,
}) => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    matchLabels:
      app: ${name}
  action: ALLOW
  rules:
    - from:
        - source:
            principals:
              - ${broken ? 'spiffe://' : ''}cluster.local/ns/${callerNamespace}/sa/${fault === 'principal' ? 'nobody' : caller}
              - cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account
      to:
        - operation:
            methods: [GET, POST, "DELETE"]
            paths: ["/v1/*", /v2/*]
      when:
        - key: request.headers[x-tenant]
          notValues: ["blocked"]
    - from:
        - source:
            namespaces:
              - ${namespace}
      to:
        - operation:
            methods: [GET]
            paths: [/live, /metrics]
`;

export const gateway = ({ namespace, gatewayName, index, broken }) => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: ${gatewayName}
  namespace: ${namespace}
spec:
  selector:
    istio: ingressgateway
  servers:
    - port:
        number: ${broken ? '"80"' : '80'}
        name: http-${index}
        protocol: HTTP
      hosts:
        - "*.example.org"
        - "*.${gatewayName}.example.net"
`;

export const peerAuthentication = ({ namespace, broken }) => `# Nothing speaks plaintext here.
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: default
  namespace: ${namespace}
spec:
  mtls:
    mode: ${broken ? 'PERMISSIVE' : 'STRICT'}
`;

export const requestAuthentication = ({ namespace, broken }) => `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata:
  name: customers
  namespace: ${namespace}
spec:
  jwtRules:
    - issuer: 'https://login.example.org/${namespace}'
      jwksUri: 'https://login.example.org/${namespace}/keys.json'
      audiences: [${namespace}, ${namespace}-mobile]
      forwardOriginalToken: ${broken ? 'always' : 'true'}
`;
