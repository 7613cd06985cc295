/** The answer of `GET /api/v1/metrics/accelerate`: seconds, shares from 0 to 1, `null` for unknown. */
export interface AccelerateReport {
  readonly workspace: { readonly uuid: string; readonly slug: string };
  readonly range: {
    readonly from: string;
    readonly to: string;
    readonly timezone: string;
    readonly interval: Interval;
  };
  readonly deployment_frequency: FrequencyFigures &
    Levelled & { readonly series: readonly (FrequencyFigures & Bucket)[] };
  readonly lead_time_for_changes: LeadTimeFigures &
    Levelled & { readonly series: readonly (LeadTimeFigures & Bucket)[] };
  readonly change_failure_rate: FailureFigures & Levelled & { readonly series: readonly (FailureFigures & Bucket)[] };
  readonly time_to_recover: RecoveryFigures & Levelled & { readonly series: readonly (RecoveryFigures & Bucket)[] };
  readonly rework_rate: ReworkFigures & { readonly series: readonly (ReworkFigures & Bucket)[] };
  readonly level: { readonly table: string; readonly overall: string | null };
  readonly completeness: Completeness;
}

export type Interval = 'day' | 'week' | 'month';

export interface Bucket {
  /** Local dates, both included. */
  readonly start: string;
  readonly end: string;
}

interface Levelled {
  readonly level: string | null;
}

export interface FrequencyFigures {
  readonly value: number;
  readonly deployments: number;
  readonly days: number;
}

export interface LeadTimeFigures {
  readonly value: number | null;
  readonly p75: number | null;
  readonly p95: number | null;
  readonly n: number;
  readonly excluded: number;
}

export interface FailureFigures {
  readonly value: number | null;
  readonly failed: number;
  readonly n: number;
}

export interface RecoveryFigures {
  readonly value: number | null;
  readonly mean: number | null;
  readonly n: number;
  readonly unresolved: number;
  readonly excluded: number;
}

export interface ReworkFigures {
  readonly value: number | null;
  readonly rework: number;
  readonly n: number;
}

export interface Completeness {
  readonly imported_since: string | null;
  readonly importing: boolean;
  readonly incomplete_deployments: number;
  readonly verified_at: string | null;
}
