import { deliveryMetricKeys, deliveryMetrics, type DeliveryMetricKey } from '../../../domain/metrics/catalogue';
import type { DeliveryMetric } from '../../../domain/metrics/metric';
import { isEnoughToTell } from '../../../domain/metrics/enough-to-tell';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import type { LevelView } from '../format/levels';
import type { LinkView } from '../format/links';
import { buildSparkline } from '../format/sparkline';
import { buildChange, findMovement, toWords, type ChangeView } from './change';
import { changeWords, findNoComparison } from './change-words';
import { readCount, type MetricFigures } from './delivery-chart';
import { deliveryWords, type DeliveryWords } from './delivery-words';
import type { MetricContext } from './metric-view';
import { buildMetricLevel } from './metric-levels';
import { pickShownUnit, showDifference, showNumber, showValue, type ShownUnit } from './shown-unit';

/** One number that a page stands on, as it is shown in a row of such and in the panel. */
export interface KeyMetricView {
  /** Used in ids: `lead-time-for-changes`. */
  readonly key: string;
  /** "Lead time". */
  readonly name: string;
  /** Two digits that matter. */
  readonly value: string;
  /** After the value: "h"; `null` where it is not known. */
  readonly unit: string | null;
  /** Why the value is `—`; `null` where it is known. */
  readonly reason: string | null;
  readonly level: LevelView | null;
  /** `null`: there is nothing to say of it. */
  readonly change: ChangeView | null;
  /** "Was 32 h"; `null` where that is not known. */
  readonly was: string | null;
  /** What the value is made of, and the way to it. */
  readonly rows: LinkView;
  /** What belongs to it: words, a way, or both. */
  readonly beside: { readonly text: string | null; readonly link: LinkView | null } | null;
  readonly sparkline: ReturnType<typeof buildSparkline>;
  readonly explanation: readonly string[];
}

interface Compared {
  readonly report: AccelerateReport;
  /** Of the period that the page compares with. */
  readonly before: AccelerateReport | null;
}

interface KeyContext extends Pick<MetricContext, 'rows'> {
  /** With a series of few enough parts for a small line. */
  readonly lines: AccelerateReport;
}

/** The four that have levels. The rework rate is told with the failure rate, of which it is mostly the same number. */
export function buildKeyMetrics(compared: Compared, context: KeyContext): KeyMetricView[] {
  return deliveryMetricKeys.filter((key) => key !== 'rework_rate').map((key) => buildKeyMetric(key, compared, context));
}

function buildKeyMetric(key: DeliveryMetricKey, compared: Compared, context: KeyContext): KeyMetricView {
  const { report } = compared;
  const { value } = report[key];
  const words: DeliveryWords = deliveryWords[key];
  const unit = pickShownUnit(key, value ?? compared.before?.[key].value ?? null);
  const isFailure = key === 'change_failure_rate';
  return {
    key: key.replaceAll('_', '-'),
    name: words.short,
    value: showNumber(value, unit),
    unit: value === null ? null : unit.word,
    reason: value === null ? words.toReason(report) : null,
    level: buildMetricLevel(key, report),
    change: findChange(key, compared, unit),
    was: formatBefore(key, compared, unit),
    rows: { ...context.rows[words.rows], text: words.toSample(report) },
    beside: isFailure ? buildRework(report, context) : null,
    sparkline: buildSparkline(
      listLine(context.lines, key),
      changeWords.line(words.short, context.lines.range.interval),
    ),
    explanation: isFailure ? [...words.explain(report).slice(0, -1), ...explainRework(report)] : words.explain(report),
  };
}

function listLine(report: AccelerateReport, key: DeliveryMetricKey): (number | null)[] {
  const series: readonly MetricFigures[] = report[key].series;
  return series.map(({ value }) => value);
}

function findChange(key: DeliveryMetricKey, { report, before }: Compared, unit: ShownUnit): ChangeView | null {
  const { betterWhen }: DeliveryMetric = deliveryMetrics[key];
  const words: DeliveryWords = deliveryWords[key];
  const missing = findNoComparison(before);
  const { value } = report[key];
  if (value === null) return null;
  if (isTooFew(key, report)) return toWords(changeWords.tooFewToTell);
  if (before === null || missing !== null) return toWords(missing ?? changeWords.noPeriod);
  const movement = findMovement(key, report, before);
  if (movement === 'too few to tell') return toWords(changeWords.tooFewBefore);
  return buildChange(movement, betterWhen, (direction) =>
    words.formatDifference(showDifference(value, before[key].value ?? 0, unit), unit.word, direction),
  );
}

function isTooFew(key: DeliveryMetricKey, report: AccelerateReport): boolean {
  const { evidence }: DeliveryMetric = deliveryMetrics[key];
  return evidence !== 'count' && !isEnoughToTell(evidence, readCount(report[key], 'n'));
}

function formatBefore(key: DeliveryMetricKey, { before }: Compared, unit: ShownUnit): string | null {
  const value = before === null || findNoComparison(before) !== null ? null : before[key].value;
  return value === null ? null : changeWords.was(showValue(value, unit));
}

/** Whether the two rates are one number: as many fixes as failed deployments. */
export function isReworkTheSame({
  change_failure_rate: { failed },
  rework_rate: { rework },
}: AccelerateReport): boolean {
  return failed === rework;
}

function buildRework(report: AccelerateReport, { rows }: KeyContext): KeyMetricView['beside'] {
  const { value, rework } = report.rework_rate;
  if (value === null || (rework === 0 && isReworkTheSame(report))) return null;
  if (isReworkTheSame(report)) return { text: changeWords.reworkIsTheSame, link: null };
  const words: DeliveryWords = deliveryWords.rework_rate;
  return {
    text: changeWords.rework(showValue(value, pickShownUnit('rework_rate', value))),
    link: { ...rows[words.rows], text: words.toSample(report) },
  };
}

/** And last when a share says enough, which holds for both. */
function explainRework(report: AccelerateReport): readonly string[] {
  const rule = deliveryWords.change_failure_rate.explain(report).slice(-1);
  if (report.rework_rate.value === null) return rule;
  return isReworkTheSame(report)
    ? [changeWords.whyReworkIsTheSame, ...rule]
    : [...deliveryWords.rework_rate.explain(report).slice(0, 1), changeWords.whyReworkDiffers, ...rule];
}
