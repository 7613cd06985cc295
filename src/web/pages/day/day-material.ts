import type { Incident } from '../../../domain/incidents/incident';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import type { NoteItem } from '../../../reporting/corrections/corrections-report';
import type { ReleaseItem } from '../../../reporting/delivery/release-items';
import type { PageContext } from '../../presentation/frame/page-context';
import type { FindOutcome } from '../../presentation/releases/outcome';
import type { ReleaseEditing } from '../../presentation/releases/release-edits';
import type { ToldEvent } from '../../presentation/releases/story-view';
import type { DaySpan } from './lanes-view';

/** All that the page of a day is made of. */
export interface DayMaterial extends ReleaseEditing {
  readonly pageContext: PageContext;
  readonly span: DaySpan;
  /** Of the day, in the order of time: those that the metrics count, and those that corrections leave out. */
  readonly releases: readonly ReleaseItem[];
  readonly leftOut: readonly ReleaseItem[];
  /** Incidents that go on at some moment of the day. */
  readonly reaching: readonly Incident[];
  readonly told: readonly ToldEvent[];
  readonly findOutcome: FindOutcome;
  /** How many incidents began on the day. */
  readonly began: number;
  readonly report: AccelerateReport;
  readonly notes: readonly NoteItem[];
  /** Local dates of the nearest days with deployments. */
  readonly neighbours: { readonly before: string | null; readonly after: string | null };
  /** Deployments of the day without the filters, and without corrections; `null`: the page shows some. */
  readonly beyond: { readonly unfiltered: number; readonly uncorrected: number } | null;
}
