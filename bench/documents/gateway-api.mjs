/** Routing with the Gateway API, at the edge and inside of the mesh, and the policies of ambient namespaces. */

export const edge = ({ namespace }) => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: public
  namespace: ${namespace}
spec:
  gatewayClassName: istio
  listeners:
    - name: http
      hostname: "*.${namespace}.example.org"
      port: 80
      protocol: HTTP
      allowedRoutes:
        namespaces:
          from: Same
`;

export const waypoint = ({ namespace }) => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: waypoint
  namespace: ${namespace}
  labels:
    istio.io/waypoint-for: service
spec:
  gatewayClassName: istio-waypoint
  listeners:
    - name: mesh
      port: 15008
      protocol: HBONE
`;

export const edgeRoute = ({ name, namespace }) => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  parentRefs:
    - name: public
      sectionName: http
  hostnames:
    - ${name}.${namespace}.example.org
  rules:
    - name: items
      matches:
        - path:
            type: PathPrefix
            value: /v1/items
          method: GET
      filters:
        - type: RequestHeaderModifier
          requestHeaderModifier:
            set:
              - name: x-from
                value: edge
      backendRefs:
        - name: ${name}
          port: 8080
      timeouts:
        request: 3s
    - backendRefs:
        - name: ${name}
          port: 8080
`;

export const meshRoute = ({ name, namespace, caller }) => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: ${name}-mesh
  namespace: ${namespace}
spec:
  parentRefs:
    - group: ""
      kind: Service
      name: ${name}
      port: 8080
  rules:
    - matches:
        - headers:
            - name: x-preview
              value: "yes"
      backendRefs:
        - name: ${caller}
          port: 8080
    - backendRefs:
        - name: ${name}
          port: 8080
          weight: 1
`;

/** For ztunnel, which knows no HTTP. */
export const connectionPolicy = ({ name, namespace, caller, broken }) => `apiVersion: security.istio.io/v1
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
              - ${broken ? 'spiffe://' : ''}cluster.local/ns/${namespace}/sa/${caller}
              - cluster.local/ns/${namespace}/sa/waypoint
      to:
        - operation:
            ports: ["8080", "9090"]
`;

/** For the waypoint of the service. */
export const waypointPolicy = ({ name, namespace, caller, broken }) => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  targetRefs:
    - group: ""
      kind: Service
      name: ${name}
  action: ALLOW
  rules:
    - from:
        - source:
            principals:
              - ${broken ? 'spiffe://' : ''}cluster.local/ns/${namespace}/sa/${caller}
      to:
        - operation:
            methods: [GET, POST]
            paths: ["/v1/*"]
`;
