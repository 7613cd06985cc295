import type { MedianFigure } from '../../../domain/metrics/movement';
import { formatDate } from '../format/dates';

/** The part of a report that a comparison needs. */
interface ComparedReport {
  readonly range: { readonly from: string; readonly to: string };
  readonly completeness: { readonly imported_since: string | null };
}

/** Why there is nothing to compare with; `''`: the figure is unknown itself, `null`: there is something. */
export function findMissing(
  before: ComparedReport | null,
  figure: { readonly now: MedianFigure | null; readonly before: MedianFigure | null },
  period: string,
): string | null {
  if (before === null || before.completeness.imported_since === null) {
    return 'no period before to compare with';
  }
  if (before.completeness.imported_since > before.range.from) {
    return `no comparison: the history begins on ${formatDate(before.completeness.imported_since)}`;
  }
  if (figure.before === null) {
    return `nothing in ${period} to compare with`;
  }
  return figure.now === null ? '' : null;
}

/** A median and its number of values as a figure to compare; `null` without any. */
export function buildMedianFigure(
  figures: { readonly value: number | null; readonly n: number } | undefined,
): MedianFigure | null {
  return figures === undefined || figures.value === null ? null : { value: figures.value, n: figures.n };
}
