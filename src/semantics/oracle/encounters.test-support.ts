/** How often the oracle came upon what is worth comparing: an oracle that never meets a delegate proves nothing about delegates. */
export const encounters = new Map<string, number>();

export function met(what: string): void {
  encounters.set(what, (encounters.get(what) ?? 0) + 1);
}
