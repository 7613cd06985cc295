import { toDeploymentsCsv, toIncidentsCsv } from '../../../reporting/csv';
import { toMergedPullRequestsCsv, toOpenPullRequestsCsv } from '../../../reporting/reviews/reviews-csv';
import type { DeliveryFilter } from '../../../reporting/delivery-filter';
import type { DeploymentItem, IncidentItem } from '../../../reporting/delivery-rows';
import type { Reporting } from '../../../reporting/reporting';
import type { MergedPullRequestItem, OpenPullRequestItem } from '../../../reporting/reviews/pull-request-items';
import type { RowPage, Rows } from '../../../reporting/row-page';
import { deploymentWords, mergedWords, type ThingWords } from '../overview/state-view';
import { toPlainHead, type SortHeadView } from '../words/sorting';
import { deploymentHeads, toDeploymentRow } from './deployments-view';
import { incidentHeads, toIncidentRow } from './incidents-view';
import { mergedColumns, openColumns, toColumnRow } from './pull-requests-view';
import { loadByIncident } from './load-by-incident';
import type { RowCell, RowContext } from './rows-view';

/** One of the lists: where it is, how it is read and said. */
export interface RowsKind<Item> {
  readonly name: 'deployments' | 'incidents' | 'pullRequests';
  /** Parameters of its own. */
  readonly own: Readonly<Record<string, string | null>>;
  readonly title: string;
  readonly lead: string;
  /** Parts of the same list that can be chosen beside this one; empty: there is but one. */
  readonly parts: readonly RowsPart[];
  readonly words: ThingWords;
  /** False: about now, whatever the range. */
  readonly hasRange: boolean;
  readonly heads: readonly SortHeadView[];
  readonly fileName: string;
  readonly load: (reporting: Reporting, question: RowsQuestion) => Promise<Rows<Item>>;
  /** When a row was made: the latest is named where the range has none. */
  readonly toTime: (item: Item) => string;
  readonly toRow: (item: Item, context: RowContext) => RowCell[];
  readonly toCsv: (items: readonly Item[]) => string;
}

export interface RowsPart {
  readonly text: string;
  readonly own: Readonly<Record<string, string | null>>;
}

export interface RowsQuestion {
  readonly workspace: string;
  readonly filter: DeliveryFilter;
  readonly page: RowPage;
}

const toHeads = (columns: readonly { text: string; isNumeric: boolean }[]) =>
  columns.map(({ text, isNumeric }) => toPlainHead(text, isNumeric));

const pullRequestParts: readonly RowsPart[] = [
  { text: 'Merged', own: { state: null } },
  { text: 'Open now', own: { state: 'open' } },
];

const deploymentParts: readonly RowsPart[] = [
  { text: 'All', own: { outcome: null } },
  { text: 'Failed', own: { outcome: 'failed' } },
  { text: 'Fixes', own: { outcome: 'fix' } },
];

export const deploymentRows: RowsKind<DeploymentItem> = {
  name: 'deployments',
  own: { outcome: null },
  title: 'Deployments',
  parts: deploymentParts,
  lead: 'Every pull request merged into the default branch of its repository, newest first.',
  words: deploymentWords,
  hasRange: true,
  heads: deploymentHeads,
  fileName: 'deployments',
  load: (reporting, { workspace, filter, page }) => reporting.loadDeployments(workspace, filter, page),
  toTime: (item) => item.time_created,
  toRow: toDeploymentRow,
  toCsv: toDeploymentsCsv,
};

export const incidentRows: RowsKind<IncidentItem> = {
  name: 'incidents',
  own: {},
  title: 'Incidents',
  parts: [],
  lead: 'Every merged revert, and every merged fix known by its name, newest first.',
  words: {
    one: 'incident',
    many: 'incidents',
    latest: 'The latest incident began on',
    noneKnown:
      'An incident is a merged revert, or a merged pull request whose branch or title starts with a prefix from the settings. None has been found since the history begins.',
    noneInRange: 'No incident began in',
  },
  hasRange: true,
  heads: incidentHeads,
  fileName: 'incidents',
  load: (reporting, { workspace, filter, page }) => reporting.loadIncidents(workspace, filter, page),
  toTime: (item) => item.time_created,
  toRow: toIncidentRow,
  toCsv: toIncidentsCsv,
};

/** The deployments that the change failure rate counts. */
export const failedRows: RowsKind<DeploymentItem> = {
  ...deploymentRows,
  own: { outcome: 'failed' },
  title: 'Failed deployments',
  lead: 'Deployments that at least one incident is blamed on, whenever that happened, newest first.',
  words: {
    one: 'failed deployment',
    many: 'failed deployments',
    latest: 'The latest failed deployment was on',
    noneKnown: 'No incident is blamed on a deployment since the history begins.',
    noneInRange: 'No incident is blamed on a deployment in',
  },
  fileName: 'failed-deployments',
  load: (reporting, question) => loadByIncident(reporting, question, (incident) => incident.deploy_id),
};

/** The deployments that the rework rate counts. */
export const fixRows: RowsKind<DeploymentItem> = {
  ...deploymentRows,
  own: { outcome: 'fix' },
  title: 'Fixes',
  lead: 'Deployments that were made to fix an incident, whether or not it is linked to a deployment, newest first.',
  words: {
    one: 'fix',
    many: 'fixes',
    latest: 'The latest fix was on',
    noneKnown: 'No deployment fixed an incident since the history begins.',
    noneInRange: 'No deployment fixed an incident in',
  },
  fileName: 'fixes',
  load: (reporting, question) => loadByIncident(reporting, question, (incident) => incident.fix_deploy_id),
};

export const mergedRows: RowsKind<MergedPullRequestItem> = {
  name: 'pullRequests',
  own: { state: null },
  title: 'Merged pull requests',
  parts: pullRequestParts,
  lead: 'Every pull request merged in the range, to any branch, newest merge first: the rows behind Changes & Reviews.',
  words: mergedWords,
  hasRange: true,
  heads: toHeads(mergedColumns),
  fileName: 'merged-pull-requests',
  load: (reporting, { workspace, filter, page }) => reporting.loadMergedPullRequests(workspace, filter, page),
  toTime: (item) => item.merged_at,
  toRow: (item, context) => toColumnRow(mergedColumns, item, context),
  toCsv: toMergedPullRequestsCsv,
};

export const openRows: RowsKind<OpenPullRequestItem> = {
  name: 'pullRequests',
  own: { state: 'open' },
  title: 'Open pull requests',
  parts: pullRequestParts,
  lead: 'Every pull request that is open now, drafts included, newest first: the rows behind Work in Progress.',
  words: {
    one: 'open pull request',
    many: 'open pull requests',
    latest: '',
    noneKnown: 'No pull request is open now. One that is opened appears here within a minute.',
    noneInRange: '',
  },
  hasRange: false,
  heads: toHeads(openColumns),
  fileName: 'open-pull-requests',
  load: (reporting, { workspace, filter, page }) => reporting.loadOpenPullRequests(workspace, filter, page),
  toTime: (item) => item.opened_at,
  toRow: (item, context) => toColumnRow(openColumns, item, context),
  toCsv: toOpenPullRequestsCsv,
};
