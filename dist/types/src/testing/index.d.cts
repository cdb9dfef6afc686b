export { type Installed, type RegisterTest, type RuleCase, testRule } from './test-rule.cjs';
