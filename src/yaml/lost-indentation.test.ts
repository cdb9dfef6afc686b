import { describe, expect, it } from 'vitest';
import { splitDocuments } from './documents.ts';
import { lostIndentation } from './lost-indentation.ts';

const fieldsOf = (kind: string): readonly string[] | undefined =>
  ({ Gateway: ['selector', 'servers'], PeerAuthentication: ['selector', 'mtls'], ServiceEntry: ['hosts', 'ports', 'resolution'] })[kind];

function lostIn(text: string): readonly string[] {
  return splitDocuments(text)
    .flatMap((span) => lostIndentation(text, span, fieldsOf))
    .map(
      ({ kind, groups }) =>
        `${kind ?? '?'} ${groups.map(({ parent, fields }) => `${parent}: ${fields.map(({ name }) => name).join(' ')}`).join(', ')}`,
    );
}

const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
name: edge
namespace: shop
spec:
selector:
istio: ingressgateway
servers:
- port:
number: 80
name: http
protocol: HTTP
hosts:
- "*"
`;
const peerAuthentication = `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
name: strict
spec:
mtls:
mode: STRICT
`;

describe('lost indentation', () => {
  it('is found where the text still parses and where it does not', () => {
    expect(lostIn(gateway)).toEqual(['Gateway metadata: name namespace, spec: selector servers']);
    expect(lostIn(peerAuthentication)).toEqual(['PeerAuthentication metadata: name, spec: mtls']);
  });

  it('is found for each manifest of a page, between its prose', () => {
    const page = `Gateways\nA gateway is the edge: it listens.\n${gateway}Mutual TLS\nNote: apply this to the whole mesh.\n${peerAuthentication}What is next?\n`;
    expect(lostIn(page)).toEqual([
      'Gateway metadata: name namespace, spec: selector servers',
      'PeerAuthentication metadata: name, spec: mtls',
    ]);
    expect(lostIn(page.replaceAll('\n', '\r\n'))).toHaveLength(2);
  });

  it('is found in a text that is indented as a whole, and with comments', () => {
    expect(lostIn(gateway.replaceAll(/^/gm, '    '))).toHaveLength(1);
    expect(lostIn(peerAuthentication.replace('metadata:', 'metadata:  # who'))).toEqual(['PeerAuthentication metadata: name, spec: mtls']);
  });

  it('is found where only one of both lost it', () => {
    expect(lostIn('apiVersion: v1\nkind: ServiceEntry\nmetadata:\n  name: a\nspec:\nhosts:\n- b\nports:\n- c\n')).toEqual([
      'ServiceEntry spec: hosts ports',
    ]);
    expect(lostIn('apiVersion: v1\nkind: ConfigMap\nmetadata:\nname: a\ndata:\n  b: c\n')).toEqual(['ConfigMap metadata: name']);
  });

  it('names the first field alone of a kind that is not known', () => {
    expect(lostIn('apiVersion: v1\nkind: Other\nmetadata:\nname: a\nspec:\nb: c\nd: e\n')).toEqual(['Other metadata: name, spec: b']);
  });

  it('is found soon behind any number of blanks, and of what may be a comment', () => {
    for (const long of [' ', ' #']) {
      const text = peerAuthentication.replace('mtls:', `mtls:${long.repeat(300_000)}\u2028`);
      expect(lostIn(text)).toEqual(['PeerAuthentication metadata: name, spec: mtls']);
    }
  });

  it('says where the keys stand', () => {
    const [found] = splitDocuments(gateway).flatMap((span) => lostIndentation(gateway, span, fieldsOf));
    const textOf = (range?: { start: number; end: number }) => range && gateway.slice(range.start, range.end);
    expect(textOf(found?.range)).toBe('metadata:\nname: edge\nnamespace: shop\nspec');
    expect(found?.groups.map(({ range, fields }) => [textOf(range), ...fields.map((field) => textOf(field.range))])).toEqual([
      ['metadata', 'name', 'namespace'],
      ['spec', 'selector', 'servers'],
    ]);
  });

  it.each([
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  ports:\n  - port: 80\n',
    'apiVersion: v1\nkind: Service\nmetadata:\n\n  # c\n  name: a\nspec:\nstatus:\n  a: b\n',
    'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {}\nname: b\n',
    'kind: x\nmetadata:\nname: a\n',
    'metadata:\nname: a\nspec:\nhosts: b\n',
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  text: |\n    metadata:\n    name: b\n',
    'apiVersion: v1\nkind: Custom\nmetadata:\n  name: a\nspec:\n- a\n- b\n',
  ])('is not seen in %j', (text) => {
    expect(lostIn(text)).toEqual([]);
  });
});
