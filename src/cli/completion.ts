import { bashCompletion } from './completion-bash.ts';
import { fishCompletion } from './completion-fish.ts';
import { completionOf } from './completion-model.ts';
import { zshCompletion } from './completion-zsh.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;

/** The completion for a shell, made of the table of options and the help. `rules` are the ids of all rules. */
export function completionScript(shell: (typeof shells)[number], rules: readonly string[], help: string): string {
  const completion = completionOf(rules, help);
  switch (shell) {
    case 'bash':
      return bashCompletion(completion);
    case 'zsh':
      return zshCompletion(completion);
    case 'fish':
      return fishCompletion(completion);
    default:
      return shell satisfies never;
  }
}
