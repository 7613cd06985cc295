import { workInProgressPhases } from '../../../domain/reviews/work-in-progress-phase';
import { toWaitGroup, waitGroups, type WaitGroup } from '../../../domain/reviews/wait-group';
import type { OpenWait } from '../../../reporting/reviews/open-waits';
import { formatCount } from '../../presentation/format/numbers';
import { words, type Whose } from './words';

/** How many there are, by phase and by what they wait for: two ways to divide the same total. */
export function buildOpenNow(waits: readonly OpenWait[], { whose, basis }: { whose: Whose; basis: string }) {
  const groups = countGroups(waits);
  const all = waits.length;
  const aside = waits.filter((wait) => wait.aside !== null).length;
  const drafts = waits.filter(({ item }) => item.draft).length;
  return {
    heading: words.openNow,
    sentence: whose === 'everybody' ? words.sentence(all, groups.review, groups.merge) : words.sentenceOf[whose](all),
    bar: buildPhaseBar(waits),
    drafts: drafts === 0 ? null : words.drafts(drafts),
    sums: [
      ...waitGroups.map((group) => ({ name: words.sums[group], value: formatCount(groups[group]), sign: null })),
      { name: words.sums.aside, value: formatCount(aside), sign: '=' },
      { name: words.sums.all, value: formatCount(all), sign: null },
    ].map((part, index) => ({ ...part, sign: index < waitGroups.length ? '+' : part.sign })),
    counted: words.counted,
    explanations: [...words.explanations, basis],
  };
}

/** Of those that stand among the others. */
export function countGroups(waits: readonly OpenWait[]): Readonly<Record<WaitGroup, number>> {
  const among = waits.filter(({ aside }) => aside === null);
  const count = (group: WaitGroup) => among.filter((wait) => toWaitGroup(wait) === group).length;
  return { review: count('review'), merge: count('merge'), author: count('author') };
}

function buildPhaseBar(waits: readonly OpenWait[]) {
  const counts = workInProgressPhases.map((phase) => waits.filter(({ item }) => item.phase === phase).length);
  const parts = workInProgressPhases.map((phase, index) => ({ phase, count: counts[index] ?? 0 }));
  const all = Math.max(1, waits.length);
  let before = 0;
  const pieces = parts.map(({ phase, count }) => {
    const piece = {
      phase,
      x: toPercent(before / all),
      width: toPercent(count / all),
      title: words.phases[phase](count),
    };
    before += count;
    return piece;
  });
  return { label: words.bar(pieces.map(({ title }) => title)), pieces };
}

function toPercent(share: number): string {
  return `${(100 * share).toFixed(2)}%`;
}
