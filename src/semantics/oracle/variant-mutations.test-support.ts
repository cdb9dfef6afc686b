import type { Mutation } from './mutations.test-support.ts';

export const variantMutations: Readonly<Record<string, readonly Mutation[]>> = {
  'the DestinationRule that a client gets beside those of a variant': [
    {
      fault: 'rules of the variant count',
      file: 'graph/doubtful-rules.ts',
      from: 'if (mesh.step(rulesAround, fqdn).every(isReal)) return answer;',
      to: 'if (mesh.step(rulesAround, fqdn).length > 0) return answer;',
    },
    {
      fault: 'nothing is looked for behind them',
      file: 'graph/doubtful-rules.ts',
      from: 'if (outcomes(again).length > 0) return again;',
      to: '',
    },
    {
      fault: 'only rules of the most specific host are',
      file: 'graph/destination-rules.ts',
      from: '[...byHost.covering(fqdn)].flatMap(([, rules]) => rules)',
      to: 'byHost.mostSpecific(fqdn) ?? []',
    },
    {
      fault: 'they are not left out of it',
      file: 'graph/destination-rules.ts',
      from: 'around(fqdn).filter(isThere)',
      to: 'around(fqdn)',
    },
  ],
};
