import type { Rule, RuleDocs } from '../src/rule/rule.ts';
import { rules } from './index.ts';

/** The texts of each rule by its id; in the built files they lie in a chunk of their own. */
export const docs: ReadonlyMap<string, RuleDocs> = new Map(
  rules.flatMap((rule) => (rule.docs === undefined ? [] : [[rule.id, rule.docs]])),
);

/** Each rule with its texts and the descriptions of its options, for those who explain it. */
export const described: readonly Omit<Rule, 'check'>[] = rules;
