import type { MergedPullRequestItem } from '../../../reporting/answers/pull-requests';
import { formatLocalDate, formatDate } from '../../presentation/format/dates';
import { pickDurationScale, formatDuration } from '../../presentation/format/durations';
import { formatCount, formatCounted } from '../../presentation/format/numbers';

/** What a pull request can be laid out by, beside its time to merge; the key is the unit as well. */
export const scatterAxes = [
  { key: 'lines', text: 'Lines changed', toValue: (item: MergedPullRequestItem) => item.lines_changed },
  { key: 'commits', text: 'Commits', toValue: (item: MergedPullRequestItem) => item.commits },
  { key: 'comments', text: 'Comments', toValue: (item: MergedPullRequestItem) => item.comments },
  { key: 'reviews', text: 'Reviews', toValue: (item: MergedPullRequestItem) => item.reviews },
] as const;

const mostPoints = 500;

interface ScatterNeeds {
  readonly axis: string;
  readonly merged: number;
  readonly timezone: string;
  readonly toHref: (item: MergedPullRequestItem) => string;
}

/** Every pull request as a point: how large it was, and how long it took to be merged. Newest first of `items`. */
export function buildScatter(items: readonly MergedPullRequestItem[], needs: ScatterNeeds) {
  const axis = scatterAxes.find(({ key }) => key === needs.axis) ?? scatterAxes[0];
  const known = items.flatMap((item) => {
    const [x, seconds] = [axis.toValue(item), item.time_to_merge];
    return x === null || seconds === null || seconds < 0 ? [] : [{ item, x, seconds }];
  });
  const shown = known.slice(0, mostPoints);
  const scale = pickDurationScale(shown.map(({ seconds }) => seconds));
  return {
    sentence: formatSentence({ shown: shown.length, known: known.length, merged: needs.merged }, axis.text),
    drawing: {
      // What the browser draws: single things by two numbers.
      kind: 'scatter',
      xUnit: axis.key,
      unit: scale.unit,
      points: shown.map(({ item, x, seconds }) => ({
        x,
        y: Number((seconds / scale.seconds).toPrecision(5)),
        text: formatPointText(item, { x, seconds, unit: axis.key, timezone: needs.timezone }),
        href: needs.toHref(item),
      })),
    },
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

function formatPointText(
  item: MergedPullRequestItem,
  { x, seconds, unit, timezone }: { x: number; seconds: number; unit: string; timezone: string },
): string {
  const day = formatDate(formatLocalDate(Date.parse(item.merged_at), timezone));
  return `${item.system.name} #${item.id}, merged ${day}: ${formatCount(x)} ${unit}, ${formatDuration(seconds)}`;
}
