import type { Incident } from '../../../domain/incidents/incident';
import type { Instant } from '../../../domain/instant';
import type { RowNumber } from '../../../reporting/rows/row-list';
import { formatLocalDate, type TimeView } from '../format/dates';
import { formatCount, unknown } from '../format/numbers';
import { formatInUnit, pickOneUnit, type OneUnit } from '../format/one-unit';
import type { CellParts, RowColumn, RowContext } from './row-cell';

/** What the rows of a list need beside them, with the ways to days and to releases. */
export interface ListContext extends RowContext {
  /** `day`: a local date. */
  readonly toDayHref: (day: string) => string;
  readonly toReleaseHref: (repositoryUuid: string, number: number) => string;
  /** Where it is told; `null`: nowhere. */
  readonly toIncidentHref: (incident: Pick<Incident, 'deployId' | 'incidentId'>) => string | null;
  readonly toMoment: (at: Instant) => TimeView;
  /** Of the durations of a column, by its key: one a column, so that it is compared by eye. */
  readonly units: ReadonlyMap<string, OneUnit>;
}

/** A column of a list that is read from columns; `key`: what it is sorted by, `null`: nothing. */
export interface ListColumn<Row> extends RowColumn<Row, ListContext> {
  readonly key: RowNumber | null;
  /** Of a column of durations. */
  readonly toSeconds?: (row: Row) => number | null;
}

/** A moment that leads to the page of its day. */
export function buildDayCell(time: string, { toMoment, toDayHref, timezone }: ListContext): CellParts {
  const at = Date.parse(time);
  return { time: toMoment(at), timeHref: toDayHref(formatLocalDate(at, timezone)) };
}

/** A column of whole numbers. */
export function buildNumberColumn<Row>(key: RowNumber, text: string, toCell: (row: Row) => CellParts): ListColumn<Row> {
  return { key, text, isNumeric: true, toCell };
}

export function buildCountCell(value: number | null, reason?: string): CellParts {
  return value === null ? { text: unknown, isQuiet: true, reason } : { text: formatCount(value) };
}

interface Duration<Row> {
  /** `null`: unknown. A negative one comes from clocks that contradict each other: it is left out of every number. */
  readonly toSeconds: (row: Row) => number | null;
  readonly reason?: string;
}

export function buildDurationColumn<Row>(
  key: RowNumber,
  text: string,
  { toSeconds, reason }: Duration<Row>,
): ListColumn<Row> {
  const toCell = (row: Row, { units }: ListContext): CellParts => {
    const seconds = toSeconds(row);
    return seconds === null || seconds < 0
      ? { text: unknown, isQuiet: true, reason }
      : { text: formatInUnit(seconds, units.get(key) ?? pickOneUnit(seconds)) };
  };
  return { key, text, isNumeric: true, toSeconds, toCell };
}

/** The unit of each column of durations, by the middle one of the rows that are shown. */
export function pickUnits<Row>(columns: readonly ListColumn<Row>[], rows: readonly Row[]): ListContext['units'] {
  const units = columns.flatMap(({ key, toSeconds }) => {
    if (key === null || toSeconds === undefined) return [];
    const known = rows.map(toSeconds).filter((seconds) => seconds !== null && seconds >= 0);
    const middle = known.toSorted((one, other) => Number(one) - Number(other))[Math.floor(known.length / 2)];
    return [[key, pickOneUnit(middle ?? null)] as const];
  });
  return new Map(units);
}
