import { formatDate } from '../format/dates';

/** How a number moved, in words: in tiles and in the change columns of tables. */
export const changeWords = {
  up: 'up',
  down: 'down',
  noChange: 'No change',
  tooFew: 'Too few',
  tooFewToTell: 'Too few to tell',
  tooFewBefore: 'Too few before to compare',
  better: 'better',
  worse: 'worse',
  was: (value: string) => `Was ${value}`,
  noPeriod: 'No period before to compare with',
  historyBegins: (date: string) => `No comparison: the history begins on ${formatDate(date)}`,
  shorter: (difference: string) => `${difference} shorter`,
  longer: (difference: string) => `${difference} longer`,
  more: (difference: string) => `${difference} more`,
  fewer: (difference: string) => `${difference} fewer`,
  line: (name: string, interval: string) => `${name} by ${interval}`,
  reworkIsTheSame: 'Rework rate is the same',
  rework: (value: string) => `Rework rate ${value}`,
  whyReworkIsTheSame:
    'Rework rate is the share of deployments that fix an incident. The number is the same here: an incident is found by the pull request that fixes it, so there are as many fixes as failed deployments.',
  whyReworkDiffers:
    'The two rates differ where a fix and the deployment that failed are not both in this view, where a fix has no deployment to blame, or where one deployment needed several fixes.',
  points: (difference: string) => (difference === '1' ? '1 point' : `${difference} points`),
} as const;

/** The part of a report that a comparison needs. */
interface ComparedRange {
  readonly range: { readonly from: string };
  readonly completeness: { readonly imported_since: string | null };
}

/** Why a range cannot be compared with the one before at all; `null`: it can. */
export function findNoComparison(before: ComparedRange | null): string | null {
  const since = before?.completeness.imported_since ?? null;
  if (before === null || since === null) return changeWords.noPeriod;
  return since > before.range.from ? changeWords.historyBegins(since) : null;
}
