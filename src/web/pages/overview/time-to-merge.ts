import { isEnoughToTell } from '../../../domain/metrics/enough-to-tell';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import type { ReviewsReport } from '../../../reporting/answers/reviews';
import type { LinkView } from '../../presentation/format/links';
import { buildSparkline } from '../../presentation/format/sparkline';
import { formatMedianRule } from '../../presentation/metrics/enough-rule';
import { buildChange, findMedianMovement, toWords, type ChangeView } from '../../presentation/metrics/change';
import { changeWords, findNoComparison } from '../../presentation/metrics/change-words';
import { type KeyMetricView } from '../../presentation/metrics/key-metrics';
import {
  pickDurationUnit,
  showDifference,
  showNumber,
  showValue,
  type ShownUnit,
} from '../../presentation/metrics/shown-unit';
import { overviewWords } from './words';

/** A median of all merged pull requests, with a series. */
export type MergeFigures = ReviewsReport['time_to_merge'];

interface Compared {
  readonly now: MergeFigures;
  readonly before: MergeFigures;
  /** Whose range it is, and how far back history reaches. */
  readonly periodBefore: AccelerateReport | null;
}

interface MergeContext {
  readonly rows: LinkView;
  /** The page where the time is told in its parts. */
  readonly reviews: LinkView;
  readonly interval: AccelerateReport['range']['interval'];
}

const words = overviewWords.timeToMerge;

/** The way from what was deployed to what holds changes up; the number has no level. */
export function buildTimeToMerge({ now, before, periodBefore }: Compared, context: MergeContext): KeyMetricView {
  const { value, n, excluded } = now;
  const unit = pickDurationUnit(value ?? before.value);
  const isComparable = findNoComparison(periodBefore) === null && before.value !== null;
  return {
    key: 'time-to-merge',
    name: words.name,
    value: showNumber(value, unit),
    unit: value === null ? null : unit.word,
    reason: value === null ? words.reason : null,
    level: null,
    change: value === null ? null : findChange({ now, before, periodBefore }, unit),
    was: isComparable ? changeWords.was(showValue(before.value, unit)) : null,
    rows: { ...context.rows, text: words.sample(n) },
    beside: { text: null, link: context.reviews },
    sparkline: buildSparkline(
      now.series.map((bucket) => bucket.value),
      changeWords.line(words.name, context.interval),
    ),
    explanation: [...words.explanation(value, n, excluded), formatMedianRule('pull requests', { hasLevel: false })],
  };
}

function findChange({ now, before, periodBefore }: Compared, unit: ShownUnit): ChangeView {
  const missing = findNoComparison(periodBefore);
  if (!isEnoughToTell('duration', now.n)) return toWords(changeWords.tooFewToTell);
  if (missing !== null) return toWords(missing);
  const movement = findMedianMovement(now, before);
  if (movement === 'too few to tell') return toWords(changeWords.tooFewBefore);
  return buildChange(movement, 'lower', (direction) => {
    const difference = `${showDifference(now.value ?? 0, before.value ?? 0, unit)} ${unit.word}`;
    return direction === 'higher' ? changeWords.longer(difference) : changeWords.shorter(difference);
  });
}
