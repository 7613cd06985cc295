import type { CorrectionKind } from '../../domain/corrections/correction';
import type { Instant } from '../../domain/instant';
import type { DeploymentItem, IncidentItem } from '../answers/rows';
import type { NamedAuthor, NamedPerson } from '../version/named-person';

/** What lists are sorted by. Each list knows some of them. */
export const rowNumbers = [
  ...(['time', 'repository', 'lead', 'commits', 'lines', 'comments', 'reviews'] as const),
  ...(['time-to-merge', 'first-review', 'resolved', 'recovery', 'age', 'stale', 'phase', 'author'] as const),
] as const;
export type RowNumber = (typeof rowNumbers)[number];

/**
 * A list as a page shows it: what is left out by hand stands in it too, marked. A place is that among all rows, newest
 * first. Whatever is asked of all rows is answered from memory; words are read of those that are shown.
 */
export interface RowList<Row> {
  readonly count: number;
  /** The number of each place to sort by; NaN: unknown. */
  readonly readNumbers: (key: RowNumber) => Float64Array;
  readonly readRows: (places: readonly number[]) => Promise<readonly Row[]>;
  /** Of all, or of some places. */
  readonly computeTotals: (places: readonly number[] | null) => RowTotals;
  readonly find: (text: string) => Promise<FoundRows>;
}

/** Places whose words hold a text, newest first. */
export interface FoundRows {
  readonly places: readonly number[];
  /** So many of the newest were looked through; `null`: all. */
  readonly among: number | null;
}

/** Of what counts; a sum is `null` where the list has no such numbers. Unknown numbers are not in it. */
export interface RowTotals {
  readonly rows: number;
  readonly leftOut: number;
  readonly commits: number | null;
  readonly lines: number | null;
  /** Incidents that are over. */
  readonly resolved: number | null;
}

/** What a row says of its pull request, whichever list it stands in. `Item`: as the API tells it. */
export interface ListedRow<Item> {
  readonly item: Item;
  /** The `deploy_id` of the pull request; of what its reader may not see a name that says nothing. */
  readonly id: string;
  /** `null`: not known, or not to be seen. */
  readonly title: string | null;
  readonly branch: string | null;
  readonly author: RowAuthor | null;
  /** Those in force that speak of it, or of the incident that it ended. */
  readonly corrections: readonly RowCorrection[];
  readonly isLeftOut: boolean;
}

export type RowAuthor = NamedAuthor;

export interface RowCorrection {
  readonly id: string;
  readonly kind: CorrectionKind;
  readonly madeBy: NamedPerson | null;
  readonly madeAt: Instant;
  /** "Checkout #12": what an incident is blamed on instead. */
  readonly targetName: string | null;
}

/** What became of a deployment, and what it was made for. */
export type DeploymentOutcome = 'failed' | 'revert' | 'hotfix';

export interface DeploymentRow extends ListedRow<DeploymentItem> {
  readonly outcomes: readonly DeploymentOutcome[];
  /** Incidents that are blamed on it, and the one that it ended: by their ids, of those that may be seen. */
  readonly incidents: readonly string[];
  /** Seconds from its first commit; `null`: not known. */
  readonly leadTime: number | null;
}

export interface IncidentRow extends ListedRow<IncidentItem> {
  /** Of the deployment it is blamed on. */
  readonly blamedTitle: string | null;
}
