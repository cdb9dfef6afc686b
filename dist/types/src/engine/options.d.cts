import type { Assumptions } from '../graph/assumptions.cjs';
import type { OptionValue, Preset, Rule, Severity } from '../rule/rule.cjs';
import type { Source } from '../text/source.cjs';
import type { Value } from '../yaml/value.cjs';
import type { Stopwatch } from './stopwatch.cjs';
/**
 * Where absence in the input is evidence: everywhere, or for these namespaces and kinds (all, where a list is absent). Kinds as manifests
 * write them; `Gateway` means both.
 */
export type Complete = boolean | {
    readonly namespaces?: readonly string[] | undefined;
    readonly kinds?: readonly string[] | undefined;
};
/**
 * A file, or what one holds once parsed: the configuration itself, the ConfigMap `istio`, an IstioOperator, or values of Istio's charts.
 */
export type ConfigInput = Source | Value;
/** Whether it is still to be read. */
export declare function isSource(input: ConfigInput): input is Source;
/** What can be said of a mesh, whether the run has one or several. */
export interface MeshOptions {
    readonly complete?: Complete | undefined;
    /** Namespace of resources that name none. Default: default. */
    readonly defaultNamespace?: string | undefined;
    /** `1.26`, or a range `1.26-1.28`: rules run that hold for any of these. Default: all rules. */
    readonly istioVersion?: string | undefined;
    /** Default: that of the input's ConfigMap `istio`, else Istio's own defaults. */
    readonly meshConfig?: ConfigInput | undefined;
    readonly meshNetworks?: ConfigInput | undefined;
}
/** One of several meshes in a run: a graph of its own. */
export interface MeshDeclaration extends MeshOptions {
    readonly name: string;
    /** Files and folders, as globs relative to the folder that the sources' paths are relative to. A file may be in several meshes. */
    readonly paths: readonly string[];
}
/** What manifests may say against findings in them. */
export interface SuppressionOptions {
    /** Comments. Default: true. */
    readonly inline?: boolean | undefined;
    /** The annotation meshlint.dev/ignore. Default: true. */
    readonly annotations?: boolean | undefined;
    /** The annotations of istioctl and Kiali, for rules that have an equivalent there. Default: true. */
    readonly foreign?: boolean | undefined;
    /** Rules that can't be suppressed. */
    readonly never?: readonly string[] | undefined;
    /** Each must give a reason, whatever the preset. Default: false. */
    readonly requireReason?: boolean | undefined;
}
/** Severities in some files and namespaces; of several that hold the last one counts. */
export interface Override {
    /** Globs as in `MeshDeclaration`. Default: all. */
    readonly paths?: readonly string[] | undefined;
    readonly namespaces?: readonly string[] | undefined;
    readonly rules: Readonly<Record<string, Severity | 'off'>>;
}
/** How a run is made. Everything has a default; `lint(sources)` is `recommended` in an open mesh. */
export interface LintOptions extends MeshOptions {
    /** Rules besides the built-in ones. One with the id of a built-in rule takes its place. */
    readonly plugins?: readonly Rule[] | undefined;
    readonly preset?: Preset | undefined;
    /** Exactly these rules, whatever the preset says; unknown ids throw a UsageError. */
    readonly only?: readonly string[] | undefined;
    /** Overrides by rule id: another severity, or off. A severity switches a rule on that the preset leaves out. */
    readonly severities?: Readonly<Record<string, Severity | 'off'>> | undefined;
    /** Options by rule id. */
    readonly ruleOptions?: Readonly<Record<string, Readonly<Record<string, OptionValue>>>> | undefined;
    /** Several meshes; what the options say besides holds for each that says nothing else. Default: all sources are one mesh. */
    readonly meshes?: readonly MeshDeclaration[] | undefined;
    /** What exists elsewhere. */
    readonly assume?: Assumptions | undefined;
    /** Report only what lies in these namespaces; all are analysed. */
    readonly namespaces?: readonly string[] | undefined;
    /** Istio's root namespace, where no mesh configuration says another one. Default: istio-system. */
    readonly istioNamespace?: string | undefined;
    /** Default: cluster.local. */
    readonly clusterDomain?: string | undefined;
    /** The channel of the Gateway API that is installed: what only the experimental one has is a fault in the standard one. Default: experimental. */
    readonly gatewayApi?: 'standard' | 'experimental' | undefined;
    readonly overrides?: readonly Override[] | undefined;
    /** The folder that sources' paths are relative to, as seen from that of the globs in these options; default: the same. */
    readonly folder?: string | undefined;
    /** The folder of these globs as seen from that of the paths, where it lies below it: `folder` can't name the folders on its way. */
    readonly globFolder?: string | undefined;
    /** Where the overrides see a document of a source, if not at the path of the source: the template that it was rendered from. */
    readonly documentPath?: ((source: string, document: number) => string | undefined) | undefined;
    readonly suppressions?: SuppressionOptions | undefined;
    /** Compute GitHub's line hashes (`Location.lineHash`), which SARIF needs. */
    readonly lineHashes?: boolean | undefined;
    /** An input without any Kubernetes document is fine. */
    readonly allowEmpty?: boolean | undefined;
    /** Is told what time passes for. */
    readonly stopwatch?: Stopwatch | undefined;
}
/** Wrong usage: an unknown rule, a value that is none. The message says what would be right. Exit code 3. */
export declare class UsageError extends Error {
    readonly name = "UsageError";
    /** A second line for the user: what to try. */
    readonly hint: string | undefined;
    constructor(message: string, hint?: string);
}
