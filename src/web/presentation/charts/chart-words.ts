import type { Interval } from '../../../domain/calendar/bucket';

/** The words of all charts. */
export const chartWords = {
  median: 'Median',
  p75: '75th percentile',
  p95: '95th percentile',
  before: (value: string) => `Before: ${value}`,
  showTable: 'Show these numbers as a table',
  longTable: (rows: string) => `Show ${rows} as a table`,
  notOver: (interval: Interval | null) =>
    interval === null ? 'Not over' : { day: 'Day not over', week: 'Week not over', month: 'Month not over' }[interval],
};
