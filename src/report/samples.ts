import type { Finding, LintResult, Location, RelatedLocation, Summary } from '../rule/finding.ts';
import { frameLines } from '../rule/finding.ts';
import { ruleUrl } from '../rule/project.ts';
import type { RuleDocs, RuleMeta } from '../rule/rule.ts';
import { createLines } from '../text/lines.ts';
import type { ReportOptions } from './options.ts';

// Results that are made by hand, for the tests of this folder: a report must not depend on what the rules happen to say.

export const subsetNotFound: RuleMeta = {
  id: 'subset-not-found',
  title: 'Route to a subset that no DestinationRule defines',
  category: 'reference',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  equivalents: [
    { tool: 'istioctl', code: 'IST0101' },
    { tool: 'kiali', code: 'KIA1107' },
  ],
};

export const permissiveMtls: RuleMeta = {
  id: 'permissive-mtls',
  title: 'Peer authentication accepts plaintext',
  category: 'security',
  severity: 'warning',
  securitySeverity: '6.5',
  presets: ['strict'],
  since: '0.1.0',
  istio: { since: '1.22' },
};

/** A rule of a user, of which no texts are known. */
export const ownRule: RuleMeta = {
  id: 'team-label',
  title: 'Workload without a team label',
  category: 'hygiene',
  severity: 'info',
  presets: [],
  since: '0.1.0',
};

export const sampleDocs: ReadonlyMap<string, RuleDocs> = new Map([
  [
    'subset-not-found',
    {
      why: `Envoy has no cluster for a subset that is not defined, so every request on the route fails with
        503 and the response flag NC.`,
      help: 'Define the subset in a DestinationRule of that host, or name one that is defined.',
      evidence: 'Speaks when a DestinationRule for the host is in the input. Without one it counts an unknown.',
      bad: `
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: reviews, namespace: shop }
        spec:
          http:
            - route:
                - destination:
                    host: reviews
                    subset: v3 # error: subset "v3" of "reviews" is not defined`,
      good: `
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: reviews, namespace: shop }
        spec:
          http:
            - route:
                - destination:
                    host: reviews
                    subset: v2`,
      references: ['https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset'],
    },
  ],
  [
    'permissive-mtls',
    {
      why: 'PERMISSIVE lets any client skip mutual TLS, so policies about identities can be bypassed.',
      help: 'Set the mode to STRICT once all clients are in the mesh.',
      evidence: 'Judges what the PeerAuthentication itself says.',
      bad: 'spec:\n  mtls: { mode: PERMISSIVE } # warning: PERMISSIVE accepts plaintext',
      good: 'spec:\n  mtls: { mode: STRICT }',
      references: [],
    },
  ],
]);

export const sampleOptions: ReportOptions = { docs: sampleDocs, version: '0.1.0', color: false, quiet: false, rootPrefix: '' };

/** Where a part of a text stands; the part is the first one, and may go over several lines. */
export function locate(file: string, text: string, part: string, lineHash?: string): Location {
  const lines = createLines(text);
  const start = text.indexOf(part);
  const end = start + part.length;
  const first = lines.position(start);
  const last = lines.position(end);
  const count = Math.min(frameLines, last.line - first.line + 1);
  return {
    file,
    start: first,
    end: last,
    range: { start, end },
    lines: Array.from({ length: count }, (_, index) => lines.text(first.line + index)),
    ...(lineHash === undefined ? {} : { lineHash }),
  };
}

export function findingOf(rule: RuleMeta, message: string, location: Location, rest: Partial<Finding> = {}): Finding {
  return {
    rule,
    severity: rule.severity,
    message,
    location,
    related: [],
    equivalents: rule.equivalents ?? [],
    fingerprint: '0123456789abcdef',
    url: ruleUrl(rule),
    ...rest,
  };
}

const routes = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
  namespace: shop
spec:
  hosts: [reviews]
  http:
    - match:
        - uri: { prefix: /v3 }
      route:
        - destination:
            host: reviews
            subset: v3
    - route:
        - destination:
            host: reviews
            subset: v4
`;

const subsets = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets:
    - name: v1
      labels: { version: v1 }
    - name: v2
      labels: { version: v2 }
`;

const policy = `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: default
  namespace: shop
spec:
  mtls:
    mode: PERMISSIVE
`;

const summary: Summary = { files: 0, resources: 0, skipped: {}, unknown: {}, suppressed: 0 };
const v1: RelatedLocation = { message: '"v1" is defined here', location: locate('mesh/subsets.yaml', subsets, 'v1\n      labels') };
const v2: RelatedLocation = { message: '"v2" is defined here', location: locate('mesh/subsets.yaml', subsets, 'v2') };
const reviews = { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', namespace: 'shop', name: 'reviews' };
const wrong = locate('mesh/routes.yaml', routes, 'v3\n', '54703d4cd895b18:1');
const subset = { ...wrong, end: { line: wrong.start.line, column: wrong.start.column + 2 } };

export const good: LintResult = {
  findings: [
    findingOf(permissiveMtls, 'PERMISSIVE accepts plaintext from any client', locate('mesh/policy.yaml', policy, 'PERMISSIVE')),
    findingOf(subsetNotFound, 'subset "v3" of "reviews" is not defined', subset, {
      related: [{ ...v1, location: { ...v1.location, end: { line: 7, column: 15 }, lines: v1.location.lines.slice(0, 1) } }, v2],
      resource: reviews,
      path: '/spec/http/0/route/0/destination/subset',
      equivalents: [{ tool: 'istioctl', code: 'IST0101', reference: 'host+subset in destinationrule' }],
      fix: {
        title: 'replace "v3" by "v2"',
        safety: 'safe',
        edits: [{ op: 'replace', location: subset, value: 'v2', replacement: 'v2' }],
      },
    }),
    findingOf(subsetNotFound, 'subset "v4" of "reviews" is not defined', locate('mesh/routes.yaml', routes, 'v4'), {
      resource: reviews,
      path: '/spec/http/1/route/0/destination/subset',
      fix: {
        title: 'define it',
        safety: 'suggestion',
        edits: [{ op: 'insert', location: v2.location, key: 'subsets', value: [{ name: 'v4', labels: { version: 'v4' } }] }],
      },
    }),
    findingOf(ownRule, 'the Deployment has no label "team"', locate('mesh/routes.yaml', routes, 'http:\n    - match:\n        - uri')),
  ],
  summary: {
    files: 12,
    resources: 34,
    skipped: { 'foreign-yaml': 1, template: 2 },
    unknown: { 'subset-not-found': { 'no DestinationRule in the input': 4 } },
    suppressed: 1,
  },
  notifications: [
    { level: 'note', kind: 'defaults-assumed', message: 'no mesh configuration in the input: the defaults of Istio hold' },
    { level: 'error', kind: 'unreadable', message: 'permission denied', file: 'mesh/secret.yaml' },
  ],
  complete: false,
};

export const clean: LintResult = {
  findings: [],
  summary: { ...summary, files: 1, resources: 1 },
  notifications: [],
  complete: true,
};

export const nothing: LintResult = {
  findings: [],
  summary: { ...summary, skipped: { template: 3 } },
  notifications: [{ level: 'error', kind: 'nothing-to-analyse', message: 'only templates' }],
  complete: false,
};

/** Names that want to be something else: terminal escapes, workflow commands, links, line breaks, turned reading directions. */
export const hostileNames: readonly string[] = [
  '\u001b[2J\u001b]0;owned\u0007',
  'a%0A::error file=x::owned',
  'a\nerror[fake]: owned\r\n::error::owned',
  'a"b\' `c` <script>',
  '[click](https://example.com) \\] {0}',
  'naïve-服务-🚀-e\u0301',
  '\u202eabc\u2066\u200f\u2028\u2029\u0085\u009b31m\u007f',
  'half \ud83d character',
  '__proto__',
  'x'.repeat(5000),
];

export const hostile: LintResult = {
  findings: hostileNames.map((name, index) => {
    const text = `\tkey:\t"${name.replace(/[\r\n\u2028\u2029\u0085]/g, ' ')}"  # 服务\n`;
    const location = locate(`mesh ${name}/a b%.yaml`, text, text.trim());
    return findingOf(index % 2 === 0 ? subsetNotFound : permissiveMtls, `host "${name}" is not there`, location, {
      related: [{ message: `"${name}" is [here]`, location }],
      resource: { apiVersion: name, kind: name, namespace: name, name },
      path: `/${name}`,
      fix: {
        title: `use ${name}`,
        safety: 'safe',
        edits: [{ op: 'replace', location, key: name, value: { [name]: name }, replacement: name }],
      },
    });
  }),
  summary: { ...summary, files: 1, skipped: { [hostileNames[0] ?? '']: 1 }, unknown: { [hostileNames[2] ?? '']: { ['\u001b[1m']: 2 } } },
  notifications: hostileNames.map((name) => ({ level: 'warning', kind: 'unreadable', message: name, file: name })),
  complete: true,
};
