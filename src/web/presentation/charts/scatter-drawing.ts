import { addDays, formatDate } from '../format/dates';
import { formatDuration } from '../format/durations';
import { formatCount } from '../format/numbers';

/** Single things by two numbers, as numbers: the browser makes the words and the way on of a point when it draws. */
export interface ScatterDrawing {
  readonly kind: 'scatter';
  /** To the right: "lines". */
  readonly xUnit: string;
  /** Upwards: "hours". */
  readonly unit: string;
  /** Seconds of that unit. */
  readonly divisor: number;
  readonly systems: readonly { readonly uuid: string; readonly name: string }[];
  /** The time line of a point, with `pointRepository` and `pointNumber` in their places. */
  readonly href: string;
  /** The latest local date of a merge; points count the days before it. */
  readonly latest: string;
  readonly points: readonly Point[];
}

type Point = readonly [x: number, seconds: number, system: number, id: number, daysBefore: number];

/** Stand in an address until they are those of a point. */
export const [pointRepository, pointNumber] = ['REPOSITORY', 'NUMBER'] as const;

/** The points as they are drawn, each with how it reads and the way to its time line. */
export function buildDrawnScatter({ points, systems, ...drawing }: ScatterDrawing) {
  return {
    ...drawing,
    points: points.map(([x, seconds, position, id, daysBefore]) => {
      const { uuid, name } = systems[position] ?? { uuid: '', name: '' };
      return {
        x,
        y: seconds / drawing.divisor,
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
