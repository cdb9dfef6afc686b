const goTrue: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);

/** What Go reads as true; anything else is false, or no boolean at all. Source: strconv.ParseBool of Go. */
export function isGoTrue(value: string | undefined): boolean {
  return value !== undefined && goTrue.has(value);
}
