import type { MergedPoint, MergedPoints } from '../../../reporting/reviews/merged-points';
import { pointNumber, pointRepository, type ScatterDrawing } from '../../presentation/charts/scatter-drawing';
import { daysBetween, formatLocalDate } from '../../presentation/format/dates';
import { pickDurationScale, roundDuration } from '../../presentation/format/durations';
import { formatCount, formatCounted } from '../../presentation/format/numbers';

/** What a pull request can be laid out by, beside its time to merge; the key is the unit as well. */
export const scatterAxes = [
  { key: 'lines', text: 'Lines changed', number: 'lines_changed' },
  { key: 'commits', text: 'Commits', number: 'commits' },
  { key: 'comments', text: 'Comments', number: 'comments' },
  { key: 'reviews', text: 'Reviews', number: 'reviews' },
] as const;

const mostPoints = 500;

interface ScatterNeeds {
  readonly axis: string;
  readonly merged: number;
  readonly timezone: string;
  /** The time line of a pull request. */
  readonly toHref: (repositoryUuid: string, number: string) => string;
}

/** Every pull request as a point: how large it was, and how long it took to be merged. */
export function buildScatter(points: MergedPoints, needs: ScatterNeeds) {
  const axis = scatterAxes.find(({ key }) => key === needs.axis) ?? scatterAxes[0];
  const [sizes, times] = [points.read(axis.number), points.read('time_to_merge')];
  const places: number[] = [];
  let known = 0;
  for (let place = 0; place < points.count; place += 1) {
    if (Number.isNaN(sizes[place]) || !((times[place] ?? Number.NaN) >= 0)) continue;
    known += 1;
    if (known <= mostPoints) places.push(place);
  }
  const shown = places.map((place) => points.at(place));
  return {
    sentence: formatSentence({ shown: shown.length, known, merged: needs.merged }, axis.text),
    isDrawn: shown.length > 0,
    drawing: buildScatterDrawing(shown, axis, needs),
  };
}

function buildScatterDrawing(
  shown: readonly MergedPoint[],
  { key, number }: (typeof scatterAxes)[number],
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
      item[number] ?? 0,
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
