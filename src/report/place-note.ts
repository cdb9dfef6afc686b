import type { Location } from '../rule/finding.ts';
import { clip, visible } from './escape.ts';

/** What is to be known of a place besides its numbers: empty, or with a blank before it. */
export function placeNote({ approximate, renderedFrom }: Location): string {
  if (renderedFrom !== undefined) return ` (rendered from ${visible(clip(renderedFrom, 500))})`;
  return approximate === true ? ' (approximate: the nearest place that could be found)' : '';
}
