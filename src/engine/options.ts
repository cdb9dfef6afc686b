import type { OptionValue, Preset, Rule, Severity } from '../rule/rule.ts';

/** How a run is made. Everything has a default; `lint(sources)` is `recommended` in an open mesh. */
export interface LintOptions {
  /** Rules besides the built-in ones. */
  readonly plugins?: readonly Rule[] | undefined;
  readonly preset?: Preset | undefined;
  /** Exactly these rules, whatever the preset says; unknown ids throw a UsageError. */
  readonly only?: readonly string[] | undefined;
  /** Overrides by rule id: another severity, or off. A severity switches a rule on that the preset leaves out. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>> | undefined;
  /** Options by rule id. */
  readonly ruleOptions?: Readonly<Record<string, Readonly<Record<string, OptionValue>>>> | undefined;
  /** The input is the whole mesh: what it does not define does not exist. */
  readonly complete?: boolean | undefined;
  /** Istio's root namespace. Default: istio-system. */
  readonly istioNamespace?: string | undefined;
  /** Namespace of resources that name none. Default: default. */
  readonly defaultNamespace?: string | undefined;
  /** Compute GitHub's line hashes (`Location.lineHash`), which SARIF needs. */
  readonly lineHashes?: boolean | undefined;
  /** An input without any Kubernetes document is fine. */
  readonly allowEmpty?: boolean | undefined;
}

/** Wrong usage: an unknown rule, a value that is none. The message says what would be right. Exit code 3. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** A second line for the user: what to try. */
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
