import {
  toDeploymentsCsv,
  toIncidentsCsv,
  toMergedPullRequestsCsv,
  toOpenPullRequestsCsv,
  toUndatedMergesCsv,
  type ToCsv,
} from '../../../reporting/csv/rows-csv';
import type { DeliveryFilter } from '../../../reporting/filter/delivery-filter';
import type { DeploymentItem, IncidentItem } from '../../../reporting/answers/rows';
import { isWithheld } from '../../../reporting/delivery/withhold';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import type {
  MergedPullRequestItem,
  OpenPullRequestItem,
  UndatedMergeItem,
} from '../../../reporting/answers/pull-requests';
import type { DeploymentRow, IncidentRow, ListedRow, RowList, RowNumber } from '../../../reporting/rows/row-list';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import {
  deploymentWords,
  failedWords,
  fixWords,
  incidentWords,
  mergedWords,
  openWords,
  undatedWords,
  type ThingWords,
} from '../format/thing-words';
import { deploymentColumns, incidentColumns } from './deployment-columns';
import type { RowsQuestion } from './list-by-incident';
import type { ListColumn } from './list-column';
import { mergedListColumns, openListColumns, undatedListColumns } from './list-columns';
import { buildListed, type Stream } from './listed-rows';
import type { RowSubject } from './row-actions';

/** How the things that a page is about are looked for where it shows none. */
export interface ThingKind {
  readonly words: ThingWords;
  readonly count: (snapshot: WholeSnapshot, filter: DeliveryFilter) => number | Promise<number>;
  /** When the first row of a list was made, read from either end; `null`: the list is empty. */
  readonly findTime: (snapshot: WholeSnapshot, question: RowsQuestion) => Promise<string | null>;
}

/** One of the lists: where it is, how it is read and said. */
export interface RowsKind<Item, Row extends ListedRow<Item> = ListedRow<Item>> extends ThingKind {
  readonly name: 'deployments' | 'incidents' | 'pullRequests';
  /** Parameters of its own. */
  readonly own: Readonly<Record<string, string | null>>;
  readonly title: string;
  readonly lead: string;
  /** Parts of the same list that can be chosen beside this one; empty: there is but one. */
  readonly parts: readonly RowsPart[];
  readonly columns: readonly ListColumn<Row>[];
  /** Orders that are offered by name, the usual one first. */
  readonly orders: readonly (RowNumber | `-${RowNumber}`)[];
  /** Rows as the page shows them. */
  readonly open: (snapshot: WholeSnapshot, filter: DeliveryFilter) => RowList<Row>;
  /** What can be put right of a row; the day of a note is that of this instant. */
  readonly toSubject: (row: Row) => Pick<RowSubject, 'leaveOut' | 'incidents'> & { readonly at: string };
  /** Its rows are parts of events, which are told above them. */
  readonly hasEvents?: boolean;
  readonly fileName: string;
  /** All rows in the order of the list, some at a time. */
  readonly stream: Stream<Item>;
  readonly toCsv: ToCsv<Item>;
}

interface RowsPart {
  readonly text: string;
  /** False: offered to those alone who are there already. */
  readonly isOffered?: (completeness: AccelerateReport['completeness']) => boolean;
  readonly own: Readonly<Record<string, string | null>>;
}

const pullRequestParts: readonly RowsPart[] = [
  { text: 'Merged', own: { state: null } },
  { text: 'Open now', own: { state: 'open' } },
  {
    text: 'Without a date',
    own: { state: 'undated' },
    isOffered: ({ undated_merges: count }) => count > 0,
  },
];

const deploymentParts: readonly RowsPart[] = [
  { text: 'All', own: { outcome: null } },
  { text: 'Failed', own: { outcome: 'failed' } },
  { text: 'Fixes', own: { outcome: 'fix' } },
];

/** What all lists of deployments have alike. */
const deployed = {
  name: 'deployments',
  parts: deploymentParts,
  columns: deploymentColumns,
  orders: ['-time', 'time', '-lead', '-commits', 'repository'],
  toSubject: ({ item, incidents }: DeploymentRow) => ({
    ...({ leaveOut: 'deployment', incidents, at: item.time_created } as const),
  }),
  toCsv: toDeploymentsCsv,
} as const;
const toDeployedAt = (item: DeploymentItem): string => item.time_created;

export const deploymentRows: RowsKind<DeploymentItem, DeploymentRow> = {
  ...deployed,
  own: { outcome: null },
  title: 'Deployments',
  lead: 'Every pull request merged into the default branch of its repository, newest first.',
  words: deploymentWords,
  fileName: 'deployments',
  open: (snapshot, filter) => snapshot.openDeploymentList(filter, null),
  ...buildListed((snapshot, { filter, page }) => snapshot.listDeployments(filter, page), toDeployedAt),
  stream: (snapshot, filter) => snapshot.streamDeployments(filter),
  // Cheaper than all rows, of which there may be hundreds of thousands.
  count: (snapshot, filter) => snapshot.computeAccelerateInAll(filter).deployment_frequency.deployments,
};

export const incidentRows: RowsKind<IncidentItem, IncidentRow> = {
  name: 'incidents',
  own: {},
  title: 'Incidents',
  parts: [],
  lead: 'Every merged revert, and every merged fix known by its branch or title, newest first.',
  words: incidentWords,
  columns: incidentColumns,
  hasEvents: true,
  fileName: 'incidents',
  orders: ['-time', 'time', '-recovery', '-resolved', 'repository'],
  open: (snapshot, filter) => snapshot.openIncidentList(filter),
  toSubject: ({ id, item }) => ({ leaveOut: null, incidents: isWithheld(id) ? [] : [id], at: item.time_created }),
  ...buildListed(
    (snapshot, { filter, page }) => snapshot.listIncidents(filter, page),
    (item) => item.time_created,
  ),
  toCsv: toIncidentsCsv,
};

/** The deployments that the change failure rate counts. */
export const failedRows: RowsKind<DeploymentItem, DeploymentRow> = {
  ...deployed,
  own: { outcome: 'failed' },
  title: 'Failed deployments',
  lead: 'Deployments blamed for at least one incident, whenever the incident happened, newest first.',
  words: failedWords,
  fileName: 'failed-deployments',
  open: (snapshot, filter) => snapshot.openDeploymentList(filter, 'blamed'),
  ...buildListed((snapshot, { filter, page }) => snapshot.listNamedDeployments('blamed', filter, page), toDeployedAt),
  stream: (snapshot, filter) => snapshot.streamNamedDeployments('blamed', filter),
  count: (snapshot, filter) => snapshot.computeAccelerateInAll(filter).change_failure_rate.failed,
};

/** The deployments that the rework rate counts. */
export const fixRows: RowsKind<DeploymentItem, DeploymentRow> = {
  ...deployed,
  own: { outcome: 'fix' },
  title: 'Fixes',
  lead: 'Deployments that fixed an incident, linked to a deployment or not, newest first.',
  words: fixWords,
  fileName: 'fixes',
  open: (snapshot, filter) => snapshot.openDeploymentList(filter, 'fix'),
  ...buildListed((snapshot, { filter, page }) => snapshot.listNamedDeployments('fix', filter, page), toDeployedAt),
  stream: (snapshot, filter) => snapshot.streamNamedDeployments('fix', filter),
  count: (snapshot, filter) => snapshot.computeAccelerateInAll(filter).rework_rate.rework,
};

export const mergedRows: RowsKind<MergedPullRequestItem> = {
  name: 'pullRequests',
  own: { state: null },
  title: 'Merged pull requests',
  parts: pullRequestParts,
  lead: 'Every pull request merged in the range, to any branch, newest merge first: the rows behind Changes & reviews.',
  words: mergedWords,
  columns: mergedListColumns,
  fileName: 'merged-pull-requests',
  orders: [
    '-time',
    'time',
    '-time-to-merge',
    '-first-review',
    '-lines',
    '-commits',
    '-comments',
    '-reviews',
    'repository',
  ],
  open: (snapshot, filter) => snapshot.openMergedList(filter),
  toSubject: ({ item }) => ({ leaveOut: 'pull-request', incidents: [], at: item.merged_at }),
  ...buildListed(
    (snapshot, { filter, page }) => snapshot.listMergedPullRequests(filter, page),
    (item) => item.merged_at,
  ),
  stream: (snapshot, filter) => snapshot.streamMergedPullRequests(filter),
  // As of deployments.
  count: (snapshot, filter) => snapshot.computeReviewsInAll(filter).merged,
  toCsv: toMergedPullRequestsCsv,
};

export const openRows: RowsKind<OpenPullRequestItem> = {
  name: 'pullRequests',
  own: { state: 'open' },
  title: 'Open pull requests',
  parts: pullRequestParts,
  lead: 'Every pull request that is open now, drafts included, newest first: the rows behind Work in progress.',
  words: openWords,
  columns: openListColumns,
  fileName: 'open-pull-requests',
  orders: ['-time', 'time', '-stale', '-lines', '-comments', '-reviews', '-phase', 'author', 'repository'],
  open: (snapshot, filter) => snapshot.openOpenList(filter),
  toSubject: ({ item }) => ({ leaveOut: 'pull-request', incidents: [], at: item.opened_at }),
  ...buildListed(
    (snapshot, { filter, page }) => snapshot.listOpenPullRequests(filter, page),
    (item) => item.opened_at,
  ),
  // Where nothing is open, the latest merge is what can be shown.
  findTime: mergedRows.findTime,
  toCsv: toOpenPullRequestsCsv,
};

/** The merges that no number counts, because nobody can date them. */
export const undatedRows: RowsKind<UndatedMergeItem> = {
  name: 'pullRequests',
  own: { state: 'undated' },
  title: 'Merges without a date',
  parts: pullRequestParts,
  lead: 'Merged pull requests without a merge date from Bitbucket, last opened first. None of them counts in a number.',
  words: undatedWords,
  columns: undatedListColumns,
  fileName: 'merges-without-a-date',
  orders: ['-time', 'time', 'author', 'repository'],
  open: (snapshot, filter) => snapshot.openUndatedList(filter),
  toSubject: ({ item }) => ({ leaveOut: 'pull-request', incidents: [], at: item.opened_at }),
  ...buildListed(
    (snapshot, { filter, page }) => snapshot.listUndatedMerges(filter, page),
    (item) => item.opened_at,
  ),
  // As of open ones.
  findTime: mergedRows.findTime,
  toCsv: toUndatedMergesCsv,
};
