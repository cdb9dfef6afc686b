import type { Mutation } from './mutations.test-support.ts';

const file = 'graph/delegates.ts';

export const delegateMutations: Readonly<Record<string, readonly Mutation[]>> = {
  'the ordered routes that delegates give a host': [
    {
      fault: 'a match that fits nothing takes only itself with it',
      file,
      from: 'if (fitting.length === 0) return undefined;',
      to: 'if (fitting.length === 0) continue;',
    },
    { fault: 'only the first match of the root counts', file, from: '...fitting.map(', to: '...fitting.slice(0, 1).map(' },
    { fault: 'equal regular expressions agree', file, from: '  return true;\n}\n', to: '  return root.value !== leaf.value;\n}\n' },
    {
      fault: 'sourceNamespace may be unset in the delegate',
      file,
      from: 'root.sourceNamespace !== undefined && root',
      to: 'root.sourceNamespace !== undefined && leaf.sourceNamespace !== undefined && root',
    },
    { fault: 'a header of the root is lost', file, from: 'headers: mergeFields(root.headers, leaf.headers)', to: 'headers: leaf.headers' },
    { fault: 'case is of no account', file, from: 'if (root.ignoreUriCase !== leaf.ignoreUriCase) return true;', to: '' },
    {
      fault: 'what a delegate is exported to does not count',
      file: 'graph/delegated-routes.ts',
      from: 'return isVisible(visibility, own) ? delegate : undefined;',
      to: 'return delegate;',
    },
    { fault: 'a rewrite is not inherited', file, from: 'rewrite: leaf.rewrite ?? root.rewrite', to: 'rewrite: leaf.rewrite' },
  ],
  'the route that a request takes by delegates': [
    {
      fault: "the delegate's namespace is the root namespace",
      file: 'graph/delegated-routes.ts',
      from: "namespace === '' ? own : namespace",
      to: "namespace === '' ? mesh.config.rootNamespace : namespace",
    },
    {
      fault: "names of a delegate are of its root's namespace",
      file: 'graph/delegated-routes.ts',
      from: '(delegate.spec.http ?? []).map((route, j) => leaf.http(route, j))',
      to: '(delegate.spec.http ?? []).map((route, j) => routes.http(route, j))',
    },
    {
      fault: 'a route without matches takes every request',
      file,
      from: 'if (leaves.length === 0) return roots;',
      to: 'if (leaves.length === 0) return [];',
    },
    { fault: 'the root stands over the delegate', file, from: 'uri: leaf.uri ?? root.uri', to: 'uri: root.uri ?? leaf.uri' },
    { fault: 'a direct response is not inherited', file, from: 'leaf.directResponse ?? root.directResponse', to: 'leaf.directResponse' },
    {
      fault: 'a delegate may delegate',
      file: 'graph/delegated-routes.ts',
      from: ' || http.some((route) => route.delegate !== undefined)',
      to: '',
    },
  ],
};
