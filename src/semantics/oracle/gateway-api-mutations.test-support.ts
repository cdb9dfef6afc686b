import type { Mutation } from './mutations.test-support.ts';

const admission = 'graph/listener-admission.ts';
const rules = 'graph/http-routes.ts';

export const gatewayApiMutations: Readonly<Record<string, readonly Mutation[]>> = {
  'what a route of the Gateway API is attached to': [
    {
      fault: 'a sectionName is ignored',
      file: admission,
      from: " && (sectionName === '' || sectionName === listener.name)",
      to: '',
    },
    {
      fault: 'every namespace is allowed',
      file: admission,
      from: "if (!taken.value) return refused('namespace',",
      to: "if (false) return refused('namespace',",
    },
    {
      fault: 'a list of kinds is ignored',
      file: 'graph/gateway-api.ts',
      from: 'allowed.length === 0 ||',
      to: 'allowed.length >= 0 ||',
    },
    { fault: 'listeners are not isolated', file: admission, from: 'own.length <= rival.length && isWithin(host, rival)', to: 'false' },
    {
      fault: "a ListenerSet's listener in conflict is taken",
      file: admission,
      from: "wins === 'other')) return refused('conflict', 'port');",
      to: "wins === 'other')) void 0;",
    },
    { fault: 'a Service needs no group', file: admission, from: "kind === 'Service' && group === ''", to: "kind === 'Service'" },
  ],
  'the rule of the Gateway API that a request takes at a gateway': [
    { fault: 'a prefix comes before an exact path', file: rules, from: 'exact: 3, prefix: 2', to: 'exact: 2, prefix: 3' },
    { fault: 'a short path comes first', file: rules, from: 'length(right) - length(left)', to: 'length(left) - length(right)' },
    { fault: 'the number of headers does not count', file: rules, from: 'right.headers.length - left.headers.length ||', to: '' },
    {
      fault: 'a prefix is one of letters',
      file: 'graph/http-route-rules.ts',
      from: 'bySegment: true,\n    headers',
      to: 'bySegment: false,\n    headers',
    },
    { fault: 'no grant is needed', file: rules, from: 'entriesOf(mesh, route, true)', to: 'entriesOf(mesh, route, false)' },
    {
      fault: 'of several routes that catch all the first stands for good',
      file: 'graph/route-lists.ts',
      from: 'if (ended.has(entry.resource)) continue;',
      to: 'if (ended.size > 0) return routes;',
    },
    {
      fault: 'lists of several namespaces are of the first',
      file: 'graph/gateway-routes.ts',
      from: 'for (const owner of config.owners) {',
      to: 'for (const owner of [config.namespace]) {',
    },
  ],
  'the rule of the Gateway API that a request takes in the mesh': [
    {
      fault: 'routes of any namespace are for all clients',
      file: 'graph/mesh-routes.ts',
      from: "config.kind === 'VirtualService' || config.namespace === scope.namespace",
      to: 'true || config.namespace === scope.namespace',
    },
    { fault: 'the port of a parent is ignored', file: rules, from: '({ ...match, port })', to: '({ ...match })' },
    {
      fault: 'a rule without matches is for every port',
      file: rules,
      from: 'entry.matches.length === 0 ? [anyRequest(entry.at)] : entry.matches',
      to: 'entry.matches',
    },
    {
      fault: "the client's own routes do not come first",
      file: 'graph/config-position.ts',
      from: "(config.kind !== 'VirtualService' && namespace === client ? 0 : 1)",
      to: '1',
    },
    {
      fault: 'a method does not count',
      file: rules,
      from: 'Number(left.method === undefined) - Number(right.method === undefined) ||',
      to: '',
    },
    {
      fault: 'of lists that one route has made any may come first',
      file: 'graph/route-lists.ts',
      from: 'other.name < config.name',
      to: 'false',
    },
  ],
};
