import type { QueryProblem } from '../../../reporting/filter/delivery-filter';
import type { MergedPoints, PointNumber } from '../../../reporting/reviews/merged-points';
import { isWithin, type Limits } from '../../presentation/charts/scatter-drawing';
import type { PageParameters } from '../../presentation/filter/page-filter';
import { readText } from '../../presentation/filter/page-parameters';
import { words } from './words';

/** Which points a reader chose: by the number to the right, and by the hours from opening to merge. */
export interface PointLimits {
  readonly size: Limits;
  readonly hours: Limits;
}

const names = { size: ['min_size', 'max_size'], hours: ['min_hours', 'max_hours'] } as const;
export const limitNames = names;
export const noLimits: PointLimits = { size: [null, null], hours: [null, null] };

export const hasLimits = ({ size, hours }: PointLimits): boolean => [...size, ...hours].some((limit) => limit !== null);

/** `min_size`, `max_size`, `min_hours` and `max_hours`; a problem for what is no number, or the wrong way round. */
export function readLimits(parameters: PageParameters): PointLimits | QueryProblem {
  const size = readPair(parameters, names.size);
  const hours = readPair(parameters, names.hours);
  if ('name' in size) return size;
  return 'name' in hours ? hours : { size, hours };
}

function readPair(parameters: PageParameters, pair: readonly [string, string]): Limits | QueryProblem {
  const texts = pair.map((name) => ({ name, value: readText(parameters, name) }));
  const wrong = texts.find(({ value }) => value !== '' && !/^\d{1,9}(\.\d{1,6})?$/u.test(value));
  if (wrong !== undefined) {
    return { ...wrong, message: words.problems.limit };
  }
  const [least = null, most = null] = texts.map(({ value }) => (value === '' ? null : Number(value)));
  return (least ?? 0) > (most ?? Infinity)
    ? { name: pair[0], value: String(least), message: words.problems.turned }
    : [least, most];
}

/** What of it an address keeps. */
export function toLimitsQuery({ size, hours }: PointLimits): Record<string, string | null> {
  const toText = (limit: number | null) => (limit === null ? null : String(limit));
  return {
    [names.size[0]]: toText(size[0]),
    [names.size[1]]: toText(size[1]),
    [names.hours[0]]: toText(hours[0]),
    [names.hours[1]]: toText(hours[1]),
  };
}

export const toSeconds = ([least, most]: Limits): Limits => [
  least === null ? null : least * 3_600,
  most === null ? null : most * 3_600,
];

/** The points that lie within the limits and have both numbers, in the order of all; each number is read once. */
export function choosePoints(points: MergedPoints, by: PointNumber, { size, hours }: PointLimits): MergedPoints {
  const [sizes, times] = [points.read(by), points.read('time_to_merge')];
  const seconds = toSeconds(hours);
  const places: number[] = [];
  for (let place = 0; place < points.count; place += 1) {
    const [one, time] = [sizes[place] ?? Number.NaN, times[place] ?? Number.NaN];
    // NaN lies within no limits, and a time that contradicts itself is no time.
    if (one >= 0 && time >= 0 && isWithin(one, size) && isWithin(time, seconds)) places.push(place);
  }
  return {
    count: places.length,
    at: (place) => points.at(places[place] ?? points.count),
    read: (number) => {
      const all = points.read(number);
      return Float64Array.from(places, (place) => all[place] ?? Number.NaN);
    },
  };
}
