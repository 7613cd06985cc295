import { reviewMetricKeys } from '../../../domain/reviews/review-metrics';
import { stringify } from 'csv-stringify/sync';
import type { SystemReviews } from './review-systems';

/**
 * A row for each repository with the medians of the whole range and how many pull requests have them. RFC 4180,
 * numbers unrounded, durations in seconds; cells that a spreadsheet would run are made safe.
 */
export function formatSystemReviewsCsv(rows: readonly SystemReviews[]): string {
  const records = rows.map(({ system, report }) => ({
    system_uuid: system.uuid,
    system_slug: system.slug,
    system_name: system.name,
    merged: report.merged,
    ...Object.fromEntries(
      reviewMetricKeys.flatMap((key): [string, number | null][] => [
        [key, report[key].value],
        [`${key}_n`, report[key].n],
      ]),
    ),
  }));
  return stringify(records, { header: true, record_delimiter: 'windows', escape_formulas: true });
}
