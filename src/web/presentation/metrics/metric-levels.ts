import type { DeliveryMetricKey } from '../../../domain/metrics/catalogue';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import { buildLevel, tooEarlyToTell, type LevelView } from '../format/levels';
import { isRangeComplete } from './range-complete';

/**
 * `null`: the metric has none, or what there is of it is nothing or too few to tell. None has one before the history of
 * its range is read.
 */
export function buildMetricLevel(key: DeliveryMetricKey, report: AccelerateReport): LevelView | null {
  const figures = report[key];
  if (!('level' in figures)) {
    return null;
  }
  const { table } = report.level;
  if (!isRangeComplete(report)) {
    return figures.value === null ? null : tooEarlyToTell;
  }
  return buildLevel(figures.level, table);
}

/** The lowest of the levels; `null`: there is none. */
export function buildOverallLevel(report: AccelerateReport): LevelView | null {
  return isRangeComplete(report) ? buildLevel(report.level.overall, report.level.table) : tooEarlyToTell;
}
