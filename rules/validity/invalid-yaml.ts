import { defineRule } from '../../src/rule/rule.ts';

export const invalidYaml = defineRule({
  id: 'invalid-yaml',
  title: 'Text that is no YAML',
  category: 'validity',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['document'],
  docs: {
    why: 'kubectl and the API server refuse the document, so nothing that it describes reaches the mesh. What other manifests expect from it is not there.',
    help: 'Mend the text at the place that is shown. The other documents of the file are analysed all the same.',
    evidence:
      'The text of a document does not parse as YAML (or not within the limits of size, depth and aliases). It counts if the file was named on the command line or the document has an apiVersion or kind of Istio, the Gateway API or Kubernetes; other broken YAML and templates are skipped and counted.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
      spec:
        host: reviews
        host: ratings # error(host): key "host" is already given
      `,
    good: `
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
      spec:
        host: reviews
      `,
    references: ['https://yaml.org/spec/1.2.2/', 'https://kubernetes.io/docs/concepts/overview/working-with-objects/'],
  },

  *check(document) {
    for (const { kind, at, message } of document.problems) if (kind === 'yaml') yield { at, message };
  },
});
