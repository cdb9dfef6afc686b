/** Namespaces, workloads and services. Where `broken`, a label is a number, which the API server refuses. */

export const namespace = ({ namespace: name, broken }) => `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels:
    istio-injection: enabled
    cost-centre: ${broken ? '17' : `"${name.slice(-4)}"`}
`;

export const ambientNamespace = ({ namespace: name }) => `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels:
    istio.io/dataplane-mode: ambient
    istio.io/use-waypoint: waypoint
`;

export const deployment = ({ name, namespace: unit, caller, index, broken, version = 'v1' }) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${version === 'v1' ? name : `${name}-${version}`}
  namespace: ${unit}
  labels: { app: ${name}, version: ${broken ? '1' : version} }
  annotations:
    owner: "${unit} <${unit}@example.org>"
spec:
  replicas: ${1 + (index % 4)}
  selector:
    matchLabels:
      app: ${name}
      version: ${version}
  template:
    metadata:
      labels:
        app: ${name}
        version: ${version}
    spec:
      serviceAccountName: ${name}
      containers:
        - name: main
          image: images.example.org/${unit}/${name}:${index % 9}.${index % 31}
          imagePullPolicy: IfNotPresent
          args:
            - --listen=:8080
            - --caller
            - "http://${caller}.${unit}.svc.cluster.local:8080/v1"
          ports:
            - name: http
              containerPort: 8080
              protocol: TCP
            - name: grpc
              containerPort: 9090
          env:
            - name: LOG_FORMAT
              value: json
            - name: SHARD
              value: "${index % 16}"
          resources:
            requests: { cpu: 50m, memory: 64Mi }
            limits:
              cpu: "2"
              memory: 1Gi
          livenessProbe:
            httpGet:
              path: /live
              port: http
            periodSeconds: 15
`;

export const service = ({ name, namespace: unit, broken }) => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${unit}
${broken ? '  labels: { tier: 2 }\n' : ''}spec:
  selector:
    app: ${name}
  ports:
    - name: http
      port: 8080
      targetPort: http
    - name: grpc
      port: 9090
      targetPort: grpc
`;

export const serviceAccount = ({ name, namespace: unit, broken }) => `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  namespace: ${unit}
${broken ? '  annotations: { expires: 2030 }\n' : ''}`;
