import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { RuleDocs } from '../rule/rule.ts';
import { configSchema } from './config-schema.ts';
import { noDocs, type DescribedRule } from './described.ts';
import { explain } from './explain.ts';
import { fenced, manifest } from './markdown.ts';
import { ruleIndex, rulePage } from './page.ts';
import { ownRule, permissiveMtls, sampleDocs, subsetNotFound } from './samples.ts';

function docsOf(rule: DescribedRule): RuleDocs {
  return sampleDocs.get(rule.id) ?? noDocs;
}

const withOptions: DescribedRule = {
  ...permissiveMtls,
  aliases: ['plaintext-allowed'],
  options: {
    allowNamespaces: { description: 'Namespaces that still | migrate\n      to mutual TLS.', default: ['legacy'] },
    atMost: { description: 'How many.', default: 5 },
  },
};

describe('rulePage', () => {
  it('looks like this', () => {
    expect(rulePage(subsetNotFound, docsOf(subsetNotFound))).toBe(`<!-- Generated from the rules; edit those, and run the tests with -u. -->

# Route to a subset that no DestinationRule defines

\`subset-not-found\`

|  |  |
| --- | --- |
| Category | reference |
| Severity | error |
| Presets | recommended, strict, all |
| Since | meshlint 0.1.0 |
| Istio | all versions |
| Equivalents | IST0101 (istioctl), KIA1107 (Kiali) |

## Why it matters

Envoy has no cluster for a subset that is not defined, so every request on the route fails with 503 and the response flag NC.

## What to do

Define the subset in a DestinationRule of that host, or name one that is defined.

## When it speaks

Speaks when a DestinationRule for the host is in the input. Without one it counts an unknown.

## Example

With the fault:

\`\`\`yaml
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  http:
    - route:
        - destination:
            host: reviews
            subset: v3 # error: subset "v3" of "reviews" is not defined
\`\`\`

Without it:

\`\`\`yaml
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  http:
    - route:
        - destination:
            host: reviews
            subset: v2
\`\`\`

## Configuration

In \`meshlint.yaml\`; \`"off"\` instead of a severity switches the rule off, and so does \`--rule subset-not-found=off\`:

\`\`\`yaml
rules:
  subset-not-found: error
\`\`\`

For one place, in front of its line, or for a whole resource:

\`\`\`yaml
# meshlint-disable-next-line subset-not-found -- why this is fine here

metadata:
  annotations:
    meshlint.dev/ignore: "subset-not-found: why this is fine here"
\`\`\`

## References

- <https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset>
`);
  });

  it('has what only some rules have', () => {
    const page = rulePage(withOptions, docsOf(withOptions));
    expect(page).toContain('| Security severity | 6.5 (medium) |');
    expect(page).toContain('| Istio | 1.22 and later |');
    expect(page).toContain('| Former names | `plaintext-allowed` |');
    expect(page).toContain('| `allowNamespaces` | list of strings | `["legacy"]` | Namespaces that still \\| migrate to mutual TLS. |');
    expect(page).toContain('| `atMost` | number | `5` | How many. |');
    expect(page).toContain('rules:\n  permissive-mtls:\n    severity: warning\n    allowNamespaces: ["legacy"]\n    atMost: 5\n');
    expect(page).not.toContain('## References');
    expect(rulePage({ ...ownRule, preview: true, istio: { until: '1.25' } }, noDocs)).toContain('| Presets | all (preview) |');
    expect(rulePage({ ...ownRule, istio: { since: '1.22', until: '1.25' } }, noDocs)).toContain('| Istio | 1.22 to 1.25 |');
  });
});

describe('ruleIndex', () => {
  it('has a table for each category that has rules', () => {
    expect(ruleIndex([permissiveMtls, subsetNotFound])).toBe(`<!-- Generated from the rules; edit those, and run the tests with -u. -->

# Rules

## reference

Something is referred to that is not there.

| Rule | Severity | Presets | Equivalents | Fault |
| --- | --- | --- | --- | --- |
| [\`subset-not-found\`](subset-not-found.md) | error | recommended, strict, all | IST0101 (istioctl), KIA1107 (Kiali) | Route to a subset that no DestinationRule defines |

## security

More is open than what was meant, or less is encrypted.

| Rule | Severity | Presets | Equivalents | Fault |
| --- | --- | --- | --- | --- |
| [\`permissive-mtls\`](permissive-mtls.md) | warning | strict, all |  | Peer authentication accepts plaintext |
`);
  });
});

describe('explain', () => {
  it('looks like this', () => {
    expect(explain(withOptions, docsOf(withOptions), { color: false })).toBe(`permissive-mtls: Peer authentication accepts plaintext
  severity warning, category security, presets strict, all
  Istio: 1.22 and later; since meshlint 0.1.0
  security severity 6.5 (medium)
  formerly plaintext-allowed

Why it matters
  PERMISSIVE lets any client skip mutual TLS, so policies about identities can
  be bypassed.

What to do
  Set the mode to STRICT once all clients are in the mesh.

When it speaks
  Judges what the PeerAuthentication itself says.

With the fault
  spec:
    mtls: { mode: PERMISSIVE } # warning: PERMISSIVE accepts plaintext

Without it
  spec:
    mtls: { mode: STRICT }

Options
  allowNamespaces (list of strings, default ["legacy"])
    Namespaces that still | migrate to mutual TLS.
  atMost (number, default 5)
    How many.

References
  https://github.com/meshlint/meshlint/blob/main/docs/rules/permissive-mtls.md
`);
  });

  it('is the same with colour, but for the colour', () => {
    const colored = explain(subsetNotFound, docsOf(subsetNotFound), { color: true });
    expect(colored).toContain('\u001b[1;31m# error: subset "v3" of "reviews" is not defined\u001b[0m');
    expect(colored.replace(/\u001b\[[0-9;]*m/g, '')).toBe(explain(subsetNotFound, docsOf(subsetNotFound), { color: false }));
  });

  it('leaves out what a rule does not have', () => {
    expect(explain(ownRule, noDocs, { color: false })).not.toContain('Why');
  });
});

describe('configSchema', () => {
  const schema = configSchema([subsetNotFound, withOptions], sampleDocs);
  const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);

  it.each([
    {},
    { preset: 'strict', failOn: 'never', complete: true, istioNamespace: 'istio-system', defaultNamespace: 'shop' },
    { rules: { 'subset-not-found': 'off', 'permissive-mtls': { severity: 'error', allowNamespaces: ['a'], atMost: 3 } } },
    { rules: { 'permissive-mtls': { allowNamespaces: [] } } },
    { rules: { 'plaintext-allowed': 'info' } },
    { plugins: ['own.mjs'], rules: { 'team-label': 'error', 'acme-limit': { severity: 'off', atMost: 3 } } },
    { plugins: ['own.mjs'], overrides: [{ rules: { 'team-label': 'error' } }], suppressions: { never: ['team-label'] } },
  ])('takes %j', (configuration) => {
    expect(validate(configuration) ? [] : validate.errors).toEqual([]);
  });

  it.each([
    { presets: 'strict' },
    { preset: 'none' },
    { rules: { 'no-such-rule': 'error' } },
    { overrides: [{ rules: { 'no-such-rule': 'error' } }] },
    { suppressions: { never: ['no-such-rule'] } },
    { plugins: ['own.mjs'], rules: { 'team-label': 'fatal' } },
    { rules: { 'subset-not-found': 'fatal' } },
    { rules: { 'subset-not-found': { allowNamespaces: ['a'] } } },
    { rules: { 'permissive-mtls': { allowNamespaces: 'a' } } },
    { complete: 'yes' },
    { istioNamespace: 'Istio System' },
  ])('refuses %j', (configuration) => {
    expect(validate(configuration)).toBe(false);
  });

  it('tells an editor what a rule is about', () => {
    expect(schema).toMatchObject({
      properties: {
        rules: {
          properties: {
            'permissive-mtls': {
              title: 'Peer authentication accepts plaintext',
              description: expect.stringMatching(/^PERMISSIVE lets .*\n\nhttps:\/\/.*\/permissive-mtls\.md$/) as unknown,
            },
            'plaintext-allowed': { title: 'Now called permissive-mtls' },
          },
        },
      },
    });
  });
});

describe('manifest', () => {
  it('takes away what all lines are indented by', () => {
    expect(manifest('\n    a:\n      b: 1  \n\n    c: 2\n  ')).toBe('a:\n  b: 1\n\nc: 2');
    expect(manifest('a: 1\r\nb: 2')).toBe('a: 1\nb: 2');
    expect(manifest('')).toBe('');
  });
});

describe('fenced', () => {
  it('closes with more backticks than there are inside', () => {
    expect(fenced('a: ```')).toBe('````yaml\na: ```\n````');
  });
});
