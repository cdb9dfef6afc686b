/** What a namespace sees of the mesh, and what it calls outside of it: plain HTTP inside, TLS from the sidecar on. */

export const sidecar = ({ namespace, neighbour }) => `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata:
  name: default
  namespace: ${namespace}
spec:
  egress:
    - hosts:
        - ./*
        - istio-system/*
        - ${neighbour}/*
`;

const partnerHost = ({ partner }) => `${partner}.example.com`;

export const serviceEntry = (facts) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: ${facts.partner}
  namespace: ${facts.namespace}
spec:
  hosts:
    - ${partnerHost(facts)}
  exportTo: ["."]
  location: MESH_EXTERNAL
  resolution: DNS
  ports:
    - number: 80
      name: http
      protocol: HTTP
      targetPort: 443
    - number: 443
      name: tls
      protocol: TLS
`;

export const partnerDestinationRule = (facts) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: ${facts.partner}
  namespace: ${facts.namespace}
spec:
  host: ${partnerHost(facts)}
  exportTo: ["."]
  trafficPolicy:
    portLevelSettings:
      - port:
          number: 80
        tls:
          mode: SIMPLE
          sni: ${partnerHost(facts)}
`;

export const partnerVirtualService = (facts) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${facts.partner}
  namespace: ${facts.namespace}
spec:
  hosts:
    - ${partnerHost(facts)}
  exportTo: ["."]
  http:
    - route:
        - destination:
            host: ${partnerHost(facts)}
            port:
              number: 80
      timeout: 2s
      retries:
        attempts: 2
        retryOn: connect-failure,refused-stream
`;
