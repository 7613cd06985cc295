import type { MergedPullRequestItem } from '../../../reporting/answers/pull-requests';
import type { MergedPoint, MergedPoints } from '../../../reporting/reviews/merged-points';
import {
  pointNumber,
  pointRepository,
  type Limits,
  type ScatterDrawing,
} from '../../presentation/charts/scatter-drawing';
import { daysBetween, formatLocalDate } from '../../presentation/format/dates';
import { formatDuration, roundDuration } from '../../presentation/format/durations';
import { formatCount, unknown } from '../../presentation/format/numbers';
import { hasLimits, limitNames, toSeconds, type PointLimits } from './point-selection';
import { words } from './words';

/** What a pull request can be laid out by, beside its time to merge; the key is the unit as well. */
export const scatterAxes = [
  { key: 'lines', text: 'Lines changed', short: 'Lines', number: 'lines_changed' },
  { key: 'commits', text: 'Commits', short: 'Commits', number: 'commits' },
  { key: 'comments', text: 'Comments', short: 'Comments', number: 'comments' },
  { key: 'reviews', text: 'Reviews', short: 'Reviews', number: 'reviews' },
] as const;
type ScatterAxis = (typeof scatterAxes)[number];

export const findAxis = (wanted: string): ScatterAxis =>
  scatterAxes.find(({ key }) => key === wanted) ?? scatterAxes[0];

const mostPoints = 500;

interface ScatterNeeds {
  readonly axis: string;
  readonly limits: PointLimits;
  readonly merged: number;
  readonly timezone: string;
  /** The time line of a pull request. */
  readonly toHref: (repositoryUuid: string, number: string) => string;
}

/** Every pull request as a point: how large it was, and how long it took to be merged. */
export function buildScatter(points: MergedPoints, needs: ScatterNeeds) {
  const axis = findAxis(needs.axis);
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
    sentence: words.scatter.sentence({ shown: shown.length, known, merged: needs.merged }),
    hint: words.scatter.box,
    isDrawn: shown.length > 0,
    drawing: buildScatterDrawing(shown, axis, needs),
  };
}

function buildScatterDrawing(
  shown: readonly MergedPoint[],
  { key, text, number }: ScatterAxis,
  { timezone, toHref, limits }: ScatterNeeds,
): ScatterDrawing {
  const systems = [...new Map(shown.map(({ system: { uuid, name } }) => [uuid, { uuid, name }])).values()];
  const toDate = (item: MergedPoint) => formatLocalDate(item.mergedAt, timezone);
  const latest = shown.map(toDate).reduce((most, date) => (date > most ? date : most), '');
  const positions = new Map(systems.map(({ uuid }, index) => [uuid, index]));
  return {
    kind: 'scatter',
    xUnit: key,
    unit: text,
    systems,
    latest,
    href: toHref(pointRepository, pointNumber),
    ...(hasLimits(limits) ? { chosen: { x: limits.size, y: toSeconds(limits.hours) } } : {}),
    points: shown.map((item) => [
      item[number] ?? 0,
      roundDuration(item.time_to_merge ?? 0),
      positions.get(item.system.uuid) ?? 0,
      item.id,
      daysBetween(toDate(item), latest),
    ]),
  };
}

interface SelectionNeeds {
  readonly axis: string;
  readonly limits: PointLimits;
  /** `null`: nothing is chosen. */
  readonly count: number | null;
  /** The first of them, with their titles. */
  readonly first: readonly MergedPullRequestItem[];
  readonly toHref: (repositoryUuid: string, number: string) => string;
  readonly action: string;
  readonly clearHref: string;
}

/** What is chosen of the points: how many, within which limits, and the first of them; with a form for the limits. */
export function buildSelection({ axis: wanted, limits, count, first, ...ways }: SelectionNeeds) {
  const axis = findAxis(wanted);
  const { scatter } = words;
  return {
    title: count === null ? scatter.nothing : scatter.selected(count),
    text: count === null ? null : count === 0 ? scatter.none : describeLimits(axis, limits),
    clear: count === null ? null : { href: ways.clearHref, text: scatter.clear },
    items: first.map((item) => ({
      link: { href: ways.toHref(item.system.uuid, String(item.id)), text: item.title },
      note: describeItem(item, axis),
    })),
    all: count === null || count === 0 ? null : scatter.showAll(count),
    form: {
      action: ways.action,
      title: scatter.byNumbers,
      isOpen: count !== null,
      apply: scatter.apply,
      groups: [
        { name: axis.text, fields: buildFields('size', limits, '1') },
        { name: scatter.hours, fields: buildFields('hours', limits, 'any') },
      ],
    },
  };
}

function buildFields(of: keyof PointLimits, limits: PointLimits, step: string) {
  const [least, most] = limits[of];
  return [
    { name: limitNames[of][0], text: words.scatter.from, value: least ?? '', step },
    { name: limitNames[of][1], text: words.scatter.to, value: most ?? '', step },
  ];
}

function describeItem(item: MergedPullRequestItem, { key, number }: ScatterAxis): string {
  const size = item[number];
  const time = item.time_to_merge;
  return [
    `${item.system.name} #${item.id}`,
    `${size === null ? unknown : formatCount(size)} ${key}`,
    time === null ? unknown : formatDuration(time),
  ].join(' · ');
}

/** "400 lines or more, 2 d 12 h or more". */
function describeLimits({ key }: ScatterAxis, { size, hours }: PointLimits): string {
  return [
    describe(size, (value) => formatCount(value), ` ${key}`),
    describe(hours, (value) => formatDuration(value * 3_600), ''),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function describe([least, most]: Limits, format: (value: number) => string, unit: string): string {
  const { limits } = words.scatter;
  if (least === null) return most === null ? '' : limits.most(format(most), unit);
  return most === null ? limits.least(format(least), unit) : limits.both(format(least), format(most), unit);
}
