import type { Mutation } from './mutations.test-support.ts';

export const customMutations: Readonly<Record<string, readonly Mutation[]>> = {
  'whether a call is admitted, an external server among those who decide': [
    {
      fault: 'several providers are as good as one',
      file: 'semantics/authorization-decision.ts',
      from: "names.size > 1 ? 'several-providers' : ",
      to: '',
    },
    {
      fault: 'a provider that is not there refuses nobody',
      file: 'semantics/authorization-decision.ts',
      from: "const refuses = provider === 'several-providers' || provider === 'no-provider';",
      to: "const refuses = provider === 'several-providers';",
    },
    {
      fault: 'a server of HTTP is asked about bytes',
      file: 'semantics/authorization-decision.ts',
      from: "provider === 'http' && call.chain === 'tcp' ? [] : custom",
      to: 'custom',
    },
    {
      fault: 'CUSTOM reads tokens',
      file: 'semantics/authorization-decision.ts',
      from: "action === 'CUSTOM' ? beforeTokens(call) : call",
      to: 'call',
    },
    {
      fault: 'a dry run asks nobody',
      file: 'semantics/authorization-decision.ts',
      from: "const custom = asked.filter(({ action }) => action === 'CUSTOM');",
      to: "const custom = enforced('CUSTOM');",
    },
    {
      fault: 'two providers of one name are one',
      file: 'semantics/authorization-decision.ts',
      from: "others.length > 0 ? 'no-provider' : ",
      to: '',
    },
  ],
};
