/** Of so many that are about as long no more is compared: a guess is not worth a second. */
const mostCompared = 2000;

/** The candidate that was most likely meant, or undefined when none is near: at most a third of the word may differ. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  const allowed = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = allowed + 1;
  const lower = word.toLowerCase();
  let left = mostCompared;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= bestDistance || candidate === word) continue;
    if (left === 0) break;
    left -= 1;
    const distance = editDistance(lower, candidate.toLowerCase(), bestDistance - 1);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. Beyond `most` it is only said that there are
 * more: one more. What is looked at then is a band of the table that is as wide as `most`.
 */
export function editDistance(a: string, b: string, most = Math.max(a.length, b.length)): number {
  const beyond = most + 1;
  let start = 0;
  let [endOfA, endOfB] = [a.length, b.length];
  while (endOfA > 0 && endOfB > 0 && a.charCodeAt(endOfA - 1) === b.charCodeAt(endOfB - 1)) {
    endOfA -= 1;
    endOfB -= 1;
  }
  while (start < endOfA && start < endOfB && a.charCodeAt(start) === b.charCodeAt(start)) start += 1;
  const rows = endOfA - start;
  const columns = endOfB - start;
  if (rows === 0 || columns === 0) return Math.min(Math.max(rows, columns), beyond);
  if (Math.abs(rows - columns) > most || most === 0) return beyond;

  let beforePrevious: number[] = [];
  let previous: number[] = [];
  let current: number[] = [];
  for (let j = 0; j <= columns; j += 1) previous.push(j);
  for (let i = 1; i <= rows; i += 1) {
    const letter = a.charCodeAt(start + i - 1);
    const letterBefore = i === 1 ? -1 : a.charCodeAt(start + i - 2);
    const first = Math.max(1, i - most);
    const last = Math.min(columns, i + most);
    let least = (current[first - 1] = first === 1 ? i : beyond);
    for (let j = first; j <= last; j += 1) {
      const other = b.charCodeAt(start + j - 1);
      let cost = Math.min(
        (previous[j] ?? beyond) + 1,
        (current[j - 1] ?? beyond) + 1,
        (previous[j - 1] ?? beyond) + (letter === other ? 0 : 1),
      );
      if (j > 1 && other === letterBefore && letter === b.charCodeAt(start + j - 2))
        cost = Math.min(cost, (beforePrevious[j - 2] ?? beyond) + 1);
      current[j] = cost;
      if (cost < least) least = cost;
    }
    if (last < columns) current[last + 1] = beyond;
    if (least > most) return beyond;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return Math.min(previous[columns] ?? beyond, beyond);
}
