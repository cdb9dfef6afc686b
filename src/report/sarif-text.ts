import type { RelatedLocation } from '../rule/finding.ts';
import { clip, visible } from './escape.ts';

/** Longer messages quote a value that nobody reads to its end; a bound also keeps the search for quotes cheap. */
const messageLength = 2000;
/** Related places that a message links to; `relatedLocations` has more. */
const linked = 10;

/**
 * A finding's message as SARIF wants it: sentences that end with a period, the user's names in single quotes, and links to the
 * related places by their ids, which count from 1.
 */
export function messageText(message: string, related: readonly RelatedLocation[]): string {
  const links = related.slice(0, linked).map((place, index) => `[${phrase(place.message)}](${String(index + 1)})`);
  if (related.length > linked) links.push(`${String(related.length - linked)} more`);
  const sentence = terminated(capitalized(phrase(message)));
  return links.length === 0 ? sentence : `${sentence} Related: ${terminated(links.join(', '))}`;
}

/** A single plain sentence, for rules, notifications and related places. */
export function sentenceText(text: string): string {
  return terminated(capitalized(phrase(text)));
}

/** JSON would carry control characters and turned reading directions safely, but whoever shows the message would not. */
function phrase(text: string): string {
  return escapeLinks(visible(requote(clip(text, messageLength))));
}

/** `"v3"` becomes `'v3'`. A quote opens behind a gap and closes before one; quotes inside of a name stay as they are. */
function requote(text: string): string {
  return text.replace(/(?<=^|[\s([=:,])"(.*?)"(?=$|[\s)\].,;:?!])/gsu, "'$1'");
}

/** SARIF 3.11.6: brackets make a link, and a backslash escapes them. */
function escapeLinks(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&');
}

/** Only an ordinary word: `outboundTrafficPolicy` and `mTLS` are names. */
function capitalized(text: string): string {
  return /^[a-z]+(?=[\s,]|$)/.test(text) ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : text;
}

function terminated(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
