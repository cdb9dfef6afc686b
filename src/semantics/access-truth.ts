/** What is true, what is not, and what can't be told from the manifests, with the reason. */
export type Truth = boolean | Unclear;

export interface Unclear {
  readonly unclear: string;
}

export function not(truth: Truth): Truth {
  return typeof truth === 'boolean' ? !truth : truth;
}

/** True when each is; one that is false decides, whatever can't be told of the others. */
export function all(truths: Iterable<Truth>): Truth {
  let unclear: Unclear | undefined;
  for (const truth of truths) {
    if (truth === false) return false;
    if (truth !== true) unclear ??= truth;
  }
  return unclear ?? true;
}

/** True when one is. */
export function any(truths: Iterable<Truth>): Truth {
  let unclear: Unclear | undefined;
  for (const truth of truths) {
    if (truth === true) return true;
    if (truth !== false) unclear ??= truth;
  }
  return unclear ?? false;
}
