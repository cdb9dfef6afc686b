export const policy = (port: string, marker = ''): string => `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  portLevelMtls:
    ${port}: { mode: STRICT }${marker}
`;
export const deployment = (ports: string): string => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, ports: ${ports} }] }
`;
export const service = (port: string, name = 'web'): string => `
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: web }, ports: [${port}] }
`;
