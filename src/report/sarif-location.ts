import type { ArtifactLocation, PhysicalLocation, Region } from 'sarif';
import type { Location } from '../rule/finding.ts';
import { encodedPath, pathFromRoot } from './path.ts';

export const sourceRoot = '%SRCROOT%';

/** A place on one line: code scanning shows an alert in a pull request only when all lines of its region are in the diff. */
export function physicalLocation(location: Location, rootPrefix: string): PhysicalLocation {
  const { start, end, lines } = location;
  const lineEnd = (lines[0]?.length ?? start.column) + 1;
  const endColumn = end.line > start.line ? lineEnd : end.column;
  return {
    artifactLocation: artifactLocation(location.file, rootPrefix),
    region: {
      startLine: start.line,
      startColumn: start.column,
      endLine: start.line,
      endColumn: Math.max(start.column, endColumn),
    },
  };
}

/** A range with all its lines, for what a fix deletes. */
export function regionOf({ start, end }: Location): Region {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** A file relative to the root of its repository; standard input has no place there. */
export function artifactLocation(file: string, rootPrefix: string): ArtifactLocation {
  if (file === '-') return { uri: '-' };
  return { uri: encodedPath(pathFromRoot(file, rootPrefix)), uriBaseId: sourceRoot };
}
