import type { MergedPoint } from '../../../reporting/reviews/merged-pull-requests';
import { pointNumber, pointRepository, type ScatterDrawing } from '../../presentation/charts/scatter-drawing';
import { daysBetween, formatLocalDate } from '../../presentation/format/dates';
import { pickDurationScale, roundDuration } from '../../presentation/format/durations';
import { formatCount, formatCounted } from '../../presentation/format/numbers';

/** What a pull request can be laid out by, beside its time to merge; the key is the unit as well. */
export const scatterAxes = [
  { key: 'lines', text: 'Lines changed', toValue: (item: MergedPoint) => item.lines_changed },
  { key: 'commits', text: 'Commits', toValue: (item: MergedPoint) => item.commits },
  { key: 'comments', text: 'Comments', toValue: (item: MergedPoint) => item.comments },
  { key: 'reviews', text: 'Reviews', toValue: (item: MergedPoint) => item.reviews },
] as const;

const mostPoints = 500;

interface ScatterNeeds {
  readonly axis: string;
  readonly merged: number;
  readonly timezone: string;
  /** The time line of a pull request. */
  readonly toHref: (repositoryUuid: string, number: string) => string;
}

/** Every pull request as a point: how large it was, and how long it took to be merged. Newest first of `items`. */
export function buildScatter(items: readonly MergedPoint[], needs: ScatterNeeds) {
  const axis = scatterAxes.find(({ key }) => key === needs.axis) ?? scatterAxes[0];
  const known = items.filter((item) => axis.toValue(item) !== null && (item.time_to_merge ?? -1) >= 0);
  const shown = known.slice(0, mostPoints);
  return {
    sentence: formatSentence({ shown: shown.length, known: known.length, merged: needs.merged }, axis.text),
    isDrawn: shown.length > 0,
    drawing: buildScatterDrawing(shown, axis, needs),
  };
}

function buildScatterDrawing(
  shown: readonly MergedPoint[],
  { key, toValue }: (typeof scatterAxes)[number],
  { timezone, toHref }: ScatterNeeds,
): ScatterDrawing {
  const scale = pickDurationScale(shown.map(({ time_to_merge: seconds }) => seconds));
  const systems = [...new Map(shown.map(({ system: { uuid, name } }) => [uuid, { uuid, name }])).values()];
  const toDate = (item: MergedPoint) => formatLocalDate(item.mergedAt, timezone);
  const latest = shown.map(toDate).reduce((most, date) => (date > most ? date : most), '');
  const positions = new Map(systems.map(({ uuid }, index) => [uuid, index]));
  return {
    kind: 'scatter',
    xUnit: key,
    unit: scale.unit,
    divisor: scale.seconds,
    systems,
    latest,
    href: toHref(pointRepository, pointNumber),
    points: shown.map((item) => [
      toValue(item) ?? 0,
      roundDuration(item.time_to_merge ?? 0),
      positions.get(item.system.uuid) ?? 0,
      item.id,
      daysBetween(toDate(item), latest),
    ]),
  };
}

function formatSentence({ shown, known, merged }: Record<'shown' | 'known' | 'merged', number>, axis: string): string {
  if (shown === 0) {
    return 'No merged pull request of this range has both numbers.';
  }
  const all = formatCounted(merged, 'merged pull request');
  const which =
    shown < known
      ? `The newest ${formatCount(shown)} of ${all}`
      : shown === merged
        ? `All ${all}`
        : `Those ${formatCount(shown)} of ${all} that have both numbers`;
  return `${which}: ${axis.toLowerCase()} to the right, time to merge upwards. A point leads to its time line.`;
}
