import type { RuleDocs } from '../src/rule/rule.ts';
import { rules } from './index.ts';

/** The texts of each rule by its id; in the built files they lie in a chunk of their own. */
export const docs: ReadonlyMap<string, RuleDocs> = new Map(rules.flatMap((rule) => (rule.docs === undefined ? [] : [[rule.id, rule.docs]])));
