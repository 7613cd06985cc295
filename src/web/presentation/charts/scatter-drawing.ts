import { addDays, formatDate } from '../format/dates';
import { formatDuration } from '../format/durations';
import { formatCount } from '../format/numbers';
import { buildLogAxis, toLogPlace, type LogScale } from './log-scale';

/** Single things by two numbers, as numbers: the browser makes the words and the way on of a point when it draws. */
export interface ScatterDrawing {
  readonly kind: 'scatter';
  /** To the right: "lines". */
  readonly xUnit: string;
  /** Title of that axis: "Lines changed". */
  readonly unit: string;
  readonly systems: readonly { readonly uuid: string; readonly name: string }[];
  /** The time line of a point, with `pointRepository` and `pointNumber` in their places. */
  readonly href: string;
  /** The latest local date of a merge; points count the days before it. */
  readonly latest: string;
  readonly points: readonly Point[];
  /** What is chosen of both numbers, seconds upwards; `null`: no limit. Without it nothing is chosen. */
  readonly chosen?: { readonly x: Limits; readonly y: Limits };
}

type Point = readonly [x: number, seconds: number, system: number, id: number, daysBefore: number];

/** Both included; `null`: no limit. */
export type Limits = readonly [least: number | null, most: number | null];

/** Stand in an address until they are those of a point. */
export const [pointRepository, pointNumber] = ['REPOSITORY', 'NUMBER'] as const;

const [minute, hour, day] = [60, 3_600, 86_400];

/** Counts, and times from a minute on. */
export const countScale: LogScale = {
  least: 1,
  steps: [0, 1, 2, 3, 4, 5, 6].map((power) => 10 ** power),
  toText: formatCount,
  lessText: '0',
};
export const timeScale: LogScale = {
  least: minute,
  steps: [minute, 10 * minute, hour, 6 * hour, day, 7 * day, 30 * day, 180 * day, 720 * day],
  toText: formatDuration,
  lessText: '0',
};

export function isWithin(value: number, [least, most]: Limits): boolean {
  return value >= (least ?? -Infinity) && value <= (most ?? Infinity);
}

/** The points as they are drawn, each with how it reads and the way to its time line. */
export function buildDrawnScatter({ points, systems, chosen, ...drawing }: ScatterDrawing) {
  return {
    ...drawing,
    x: buildLogAxis(
      points.map(([x]) => x),
      countScale,
    ),
    y: buildLogAxis(
      points.map(([, seconds]) => seconds),
      timeScale,
    ),
    chosen: chosen === undefined ? null : { x: toPlaces(chosen.x, countScale), y: toPlaces(chosen.y, timeScale) },
    points: points.map(([x, seconds, position, id, daysBefore]) => {
      const { uuid, name } = systems[position] ?? { uuid: '', name: '' };
      return {
        x: toLogPlace(x, countScale),
        y: toLogPlace(seconds, timeScale),
        isChosen: chosen !== undefined && isWithin(x, chosen.x) && isWithin(seconds, chosen.y),
        toText: () =>
          `${name} #${id}, merged ${formatDate(addDays(drawing.latest, -daysBefore))}: ${formatCount(x)} ${drawing.xUnit}, ${formatDuration(seconds)}`,
        href: drawing.href.replace(
          `repository=${pointRepository}&number=${pointNumber}`,
          `repository=${encodeURIComponent(uuid)}&number=${id}`,
        ),
      };
    }),
  };
}

/** `null` at an end without a limit. */
function toPlaces(limits: Limits, scale: LogScale): (number | null)[] {
  return limits.map((limit) => (limit === null ? null : toLogPlace(limit, scale)));
}
