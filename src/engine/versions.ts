import { UsageError } from './options.ts';

/** Istio versions, both ends included. */
export interface VersionRange {
  readonly from: number;
  readonly to: number;
}

/** `1.26` or `1.26-1.28`; a patch version is looked over. Throws a UsageError. */
export function parseVersions(text: string): VersionRange {
  const match = /^v?(\d+)\.(\d+)(?:\.\d+)?(?:-v?(\d+)\.(\d+)(?:\.\d+)?)?$/.exec(text);
  if (match === null) throw new UsageError(`"${text}" is no Istio version`, 'write 1.26, or 1.26-1.28 for a range');
  const [, major = '', minor = '', lastMajor = major, lastMinor = minor] = match;
  const range = { from: numberOf(major, minor), to: numberOf(lastMajor, lastMinor) };
  if (range.to < range.from) throw new UsageError(`"${text}" is no range of Istio versions`, 'the older version stands first');
  return range;
}

/** Whether something that holds from one version to another (both included) holds for any of these. */
export function holdsFor({ since, until }: { readonly since?: string; readonly until?: string }, versions: VersionRange): boolean {
  const from = since === undefined ? 0 : parseVersions(since).from;
  const to = until === undefined ? Infinity : parseVersions(until).to;
  return from <= versions.to && to >= versions.from;
}

function numberOf(major: string, minor: string): number {
  return Number(major) * 1000 + Number(minor);
}
