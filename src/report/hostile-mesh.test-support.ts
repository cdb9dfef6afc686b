import { lint, type LintOptions, type LintResult, type Source } from '../index.ts';
import { hostileNames } from './samples.ts';

// A mesh whose author wants something of whoever reads the reports: in names of resources, hosts, subsets and files, as YAML allows them.

/** Names that formats have a meaning for, besides those that terminals have one for. */
export const names: readonly string[] = [
  ...hostileNames.filter((name) => name.length < 1000),
  ']]>&amp;<![CDATA[',
  '| a | b\\|',
  '``` <script>alert(1)</script> ![x](https://example.com/x.png)',
  '##[error]owned',
  '##vso[task.complete result=Succeeded]owned',
  '@team #1 $x^2$ https://example.com',
  '👩‍👩‍👧‍👦 é e\u0301 \u200b',
  "it's 'quoted' {0} %1$s %2e",
];

const fileNames: readonly string[] = [
  'mesh/plain.yaml',
  'mesh/a b.yaml',
  'mesh/ü/服务 🚀.yaml',
  'mesh/::error::owned.yaml',
  'mesh/50%0A,file=x.yaml',
  'mesh/##[error]owned;]%3B.yaml',
  'mesh/<script>&"\'.yaml',
  'mesh/a|b`c`.yaml',
  'mesh/\u001b[31m\u202e.yaml',
  'mesh/two\nlines.yaml',
];

/** JSON is YAML: escapes where a text can't stand as it is, and the characters themselves everywhere else. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u0084\u0086-\u009f]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}

function manifest(name: string, index: number): string {
  const text = quoted(name);
  return `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: rule-${String(index)}, namespace: shop, labels: { ${text}: ${text} } }
spec:
  host: reviews-${String(index)}
  subsets: [{ name: ${text}, labels: { version: ${text} } }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${text}
  namespace: shop
spec:
  hosts: [reviews-${String(index)}]
  http:
    - "服务-🚀": ${text}
    - route: [{ destination: { host: reviews-${String(index)}, subset: ${quoted(`x ${name}`)} } }] # 服务
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ${text}, namespace: shop }
spec: { "é服": { "🚀": 1 }, mtls: { mode: ${text} } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: plain-${String(index)}, namespace: ns-${String(index)}, annotations: { meshlint.dev/ignore: ${quoted(`permissive-mtls: ${name.replaceAll('\n', ' ')}`)} } }
spec: { mtls: { mode: PERMISSIVE } }
`;
}

const hostileSources: readonly Source[] = names.map((name, index) => ({
  path: fileNames[index % fileNames.length]?.replace('mesh/', `mesh/${String(Math.floor(index / fileNames.length))}/`) ?? '',
  read: () => manifest(name, index),
}));

/** What is said about it. A new rule changes no old golden: the rules are named here. */
export function lintHostile(options: LintOptions = {}): Promise<LintResult> {
  const only = ['duplicate-resource', 'invalid-yaml', 'permissive-mtls', 'schema-violation', 'subset-not-found', 'subset-defined-twice'];
  return lint(hostileSources, { only, lineHashes: true, ...options });
}
