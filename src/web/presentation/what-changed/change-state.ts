import { compareMedians, type MedianFigure, type Movement } from '../../../domain/metrics/movement';
import { fewestToTell } from '../../../domain/metrics/enough-to-tell';
import type { WhatChangedReport } from '../../../reporting/answers/what-changed';
import { daysBetween, formatDateRange, addDays } from '../format/dates';
import { formatInUnit } from '../format/one-unit';
import type { PageContext } from '../frame/page-context';
import { formatSteps } from './add-up';
import type { ShownChange, ShownStage } from './shown-change';
import { describeStage, formatLeftOut, formatSample, silentWords, whatChangedWords, type MovedWords } from './words';

/** What the median of the page did meanwhile; `null` where it is not known. */
export interface Medians {
  readonly now: MedianFigure | null;
  readonly before: MedianFigure | null;
}

/** How the two pages say the same. */
export interface SentenceWords {
  readonly moved: (lead: MovedWords, median: Omit<MovedWords, 'by'> | null) => string;
  readonly same: (now: string) => string;
  readonly alone: (now: string) => string;
}

/** What is said of a change: that it moved, that it did not, or why nothing is compared. */
export type Told = 'moved' | 'same' | 'too few' | 'no history';

export function findTold({ movement }: WhatChangedReport, shown: ShownChange): Told {
  if (movement === null) return 'no history';
  if (movement === 'too few to tell') return 'too few';
  // A movement that the steps do not show is none.
  return movement === 'no change' || shown.difference === 0 ? 'same' : 'moved';
}

export function buildSentence(
  report: WhatChangedReport,
  shown: ShownChange,
  { words, medians }: { readonly words: SentenceWords; readonly medians: Medians },
): string {
  const now = formatSteps(shown.now, shown.unit);
  if (report.now.n === 0) return silentWords.noneKnown;
  switch (findTold(report, shown)) {
    case 'moved': {
      const isLonger = shown.difference > 0;
      const lead = { isLonger, by: formatSteps(shown.difference, shown.unit), to: now };
      return words.moved(lead, findContrary(medians, isLonger, shown));
    }
    case 'same':
      return words.same(now);
    default:
      return words.alone(now);
  }
}

/** The median where it moved the other way than the mean. */
function findContrary(
  { now, before }: Medians,
  isLonger: boolean,
  { unit }: ShownChange,
): Omit<MovedWords, 'by'> | null {
  const contrary: Movement = isLonger ? 'lower' : 'higher';
  if (now === null || before === null || compareMedians(now, before) !== contrary) return null;
  return { isLonger: !isLonger, to: formatInUnit(now.value, unit) };
}

/** The stage that moved most the way of the whole. */
export function describeMover({ difference, stages, unit }: ShownChange): string | null {
  const isLonger = difference > 0;
  const way = isLonger ? 1 : -1;
  const mover = stages.reduce<ShownStage | null>(
    (most, stage) => (stage.part * way > (most?.part ?? 0) * way ? stage : most),
    null,
  );
  return mover === null ? null : describeStage(mover.stage, formatSteps(mover.part, unit), isLonger);
}

const percentOfChange = 4;

/** Why nothing is compared, or that a small difference is none; then of how many pull requests the averages are. */
export function listNotes(report: WhatChangedReport, shown: ShownChange): readonly string[] {
  const { now, before } = report;
  const told = findTold(report, shown);
  const isCompared = told === 'moved' || told === 'same';
  const counts = [now.n, isCompared ? before.n : null] as const;
  const leftOut = formatLeftOut(now.left_out, isCompared ? before.left_out : null);
  const sample = [formatSample(...counts), leftOut].filter((text) => text !== '').join(' ');
  return [...listReasons(report, told), sample].filter((text) => text !== '');
}

function listReasons({ now, before, completeness }: WhatChangedReport, told: Told): readonly string[] {
  switch (told) {
    case 'no history':
      return [
        completeness.imported_since === null
          ? silentWords.noHistory
          : silentWords.historyBegins(completeness.imported_since),
      ];
    case 'too few':
      return [`${silentWords.tooFew(now.n, before.n)} ${silentWords.fewest(fewestToTell.duration)}`];
    case 'same':
      return [silentWords.under(percentOfChange)];
    case 'moved':
      return [];
  }
}

/** How the range and the period that it is compared with are called. */
export function namePeriods(
  { range, compared }: Pick<WhatChangedReport, 'range' | 'compared'>,
  { page }: Pick<PageContext, 'page'>,
): { readonly now: string; readonly before: string } {
  const days = daysBetween(range.from, range.to) + 1;
  const isAdjacent = compared.to === addDays(range.from, -1) && daysBetween(compared.from, range.from) === days;
  return {
    now: page.range === null ? formatDateRange(range.from, range.to) : whatChangedWords.lastDays(days),
    before: isAdjacent ? whatChangedWords.daysBefore(days) : formatDateRange(compared.from, compared.to),
  };
}
