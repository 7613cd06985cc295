import type { Interval as ReportedInterval } from '../../../domain/calendar/bucket';
import type { AccelerateReport as Report } from '../../../reporting/answers/accelerate';

export type AccelerateReport = Report;
export type Interval = ReportedInterval;
export type Completeness = Report['completeness'];
export type ReportRange = Report['range'];

/** Local dates, both included. */
export interface Bucket {
  readonly start: string;
  readonly end: string;
}
