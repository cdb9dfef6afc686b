/** The rules about suppressions: what they find comes up when the findings of all other rules are known. */
export const suppressionRules = ['suppression-without-reason', 'unknown-suppression', 'unused-suppression'] as const;
