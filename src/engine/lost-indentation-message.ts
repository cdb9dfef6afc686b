import type { LostIndentation } from '../yaml/lost-indentation.ts';

const mostNames = 4;

/** What a person has to do about manifests that were pasted without their indentation. */
export function lostIndentationMessage({ groups }: LostIndentation): string {
  const lost = groups.map(({ parent, fields }) => `\`${parent === 'metadata' ? (fields[0]?.name ?? parent) : parent}\``);
  const advice = groups.map(({ parent, fields }) => {
    const names = fields.slice(0, mostNames).map(({ name }) => `\`${name}\``);
    const others = parent === 'spec' && fields.length === 1 ? ' and what follows' : fields.length > mostNames ? ', …' : '';
    return `${names.join(', ')}${others} under \`${parent}\``;
  });
  const what = lost.length === 1 ? 'has lost its' : 'have lost their';
  return `${lost.join(' and ')} ${what} indentation: put ${advice.join(' and ')}, indented by two spaces`;
}
