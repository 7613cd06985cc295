import type { DeliveryMetricKey, DeliveryMetrics } from '../../../domain/metrics/catalogue';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import { formatBucketName, formatEach } from '../charts/buckets';
import { formatDurationCell } from '../charts/duration-chart';
import { formatCount, formatCounted, formatShare, formatShortNumber } from '../format/numbers';
import { buildFrequencyRules, formatMedianRule, formatShareRule } from './enough-rule';
import type { RowsName } from './metric-view';

type Say = (report: AccelerateReport) => string;

/** How an Accelerate metric is called and explained, on every page and in the documents (docs/definitions.md, 5). */
export interface DeliveryWords<Member extends string = string> {
  readonly name: string;
  /** The formula and what it leaves out, for the documents. */
  readonly formula: string;
  readonly leftOut: string;
  /** Its column in a table of repositories: what `sort=` names, its head, and one of what is counted. */
  readonly column: { readonly key: string; readonly text: string; readonly counted: string };
  readonly toSample: Say;
  /** Why there is no value. */
  readonly toReason: Say;
  /** How it is computed, what is left out and how much. */
  readonly explain: (report: AccelerateReport) => readonly string[];
  readonly rows: Exclude<RowsName, 'pullRequests'>;
  readonly toRowsText: Say;
  readonly chart: {
    readonly toSentence: (report: AccelerateReport, today: string) => string;
    readonly nothing: string;
    readonly caption: string;
    /** Heads behind the period, each with the member under it. */
    readonly columns: readonly (readonly [head: string, member: Member])[];
  };
}

type AllWords = { readonly [Key in DeliveryMetricKey]: DeliveryWords<keyof DeliveryMetrics[Key]['members'] & string> };

const noDeployments = 'No deployments in this range.';

export const deliveryWords: AllWords = {
  deployment_frequency: {
    name: 'Deployment frequency',
    formula: 'deployments ÷ days of the range; days without one count, days to come too',
    leftOut: 'nothing',
    column: { key: 'deployments', text: 'Deployments', counted: 'deployment' },
    toSample: ({ deployment_frequency: { deployments, days } }) =>
      `${formatCounted(deployments, 'deployment')} in ${formatCounted(days, 'day')}`,
    toReason: () => noDeployments,
    explain: ({ deployment_frequency: { deployments, days, value }, level }) => [
      'The number of deployments divided by the number of days in the range; days without a deployment count.',
      'A deployment is a pull request merged into the default branch of its repository. Pull requests merged into other branches are left out.',
      `Here: ${formatCount(deployments)} ÷ ${formatCounted(days, 'day')} = ${formatShortNumber(value)} per day.`,
      ...buildFrequencyRules(level.table),
    ],
    rows: 'deployments',
    toRowsText: (report) => `Show the ${formatCounted(report.deployment_frequency.deployments, 'deployment')}`,
    chart: {
      toSentence: formatPeakSentence,
      nothing: noDeployments,
      caption: 'Deployments',
      columns: [
        ['Deployments', 'deployments'],
        ['Days', 'days'],
        ['Per day', 'value'],
      ],
    },
  },
  lead_time_for_changes: {
    name: 'Lead time for changes',
    formula: 'median over all (deployment, change) pairs of merge − author date; p75 and p95 beside it',
    leftOut: 'negative durations, counted as `excluded`',
    column: { key: 'lead-time', text: 'Lead time', counted: 'change' },
    toSample: ({ lead_time_for_changes: { n } }) => `median of ${formatCounted(n, 'change')}`,
    toReason: ({ deployment_frequency: { deployments } }) =>
      deployments === 0 ? noDeployments : 'The commits of these deployments are not known.',
    explain: ({
      lead_time_for_changes: { p75, p95, excluded },
      completeness: { incomplete_deployments: incomplete },
    }) => [
      'The median time from a commit (its author date) to its deployment, over all commits of all deployments in the range. Nights and weekends count.',
      `Three quarters of the changes took at most ${formatDurationCell(p75)}, 95 % at most ${formatDurationCell(p95)}.`,
      `Left out: ${formatCounted(excluded, 'change')} dated after the deployment and the changes of ${formatCounted(incomplete, 'deployment')} whose commits could not be read.`,
      formatMedianRule('changes', { hasLevel: true }),
    ],
    rows: 'deployments',
    toRowsText: ({ lead_time_for_changes: { n } }) => `Show the deployments behind the ${formatCounted(n, 'change')}`,
    chart: {
      toSentence: ({ range }) =>
        `Half of the changes of ${formatEach(range.interval)} took at most the median, three quarters at most the dashed line.`,
      nothing: 'No changes with a known lead time in this range.',
      caption: 'Lead time for changes,',
      columns: [
        ['Median', 'value'],
        ['75th percentile', 'p75'],
        ['95th percentile', 'p95'],
        ['Changes', 'n'],
        ['Left out', 'excluded'],
      ],
    },
  },
  change_failure_rate: {
    name: 'Change failure rate',
    formula: 'deployments of the range blamed by an incident, whenever that came ÷ deployments',
    leftOut: 'unlinked incidents',
    column: { key: 'failure-rate', text: 'Failure rate', counted: 'deployment' },
    toSample: ({ change_failure_rate: { failed, n } }) => formatPartSample(failed, n),
    toReason: () => noDeployments,
    explain: ({ change_failure_rate: { failed, n } }) => [
      'The share of deployments in the range that at least one incident is blamed on, whenever that happened. A deployment with several incidents counts once.',
      'A revert is blamed on what it takes back, any other incident on the last deployment of its repository before it. Incidents without such a deployment are left out.',
      `Here: ${formatShare(failed, n)}.`,
      formatShareRule({ hasLevel: true }),
    ],
    rows: 'failedDeployments',
    toRowsText: ({ change_failure_rate: { failed } }) => `Show the ${formatCounted(failed, 'failed deployment')}`,
    chart: {
      toSentence: ({ range }) =>
        `Share of deployments that caused an incident, ${formatEach(range.interval)}; a gap means no deployments.`,
      nothing: noDeployments,
      caption: 'Change failure rate,',
      columns: [
        ['Share', 'value'],
        ['Failed', 'failed'],
        ['Deployments', 'n'],
      ],
    },
  },
  time_to_recover: {
    name: 'Time to recover',
    formula: 'median of end − beginning over linked, resolved incidents that began in the range',
    leftOut: 'unresolved and negative ones, both counted',
    column: { key: 'recovery', text: 'Time to recover', counted: 'incident' },
    toSample: ({ time_to_recover: { n, unresolved } }) =>
      `median of ${formatCounted(n, 'incident')}${unresolved === 0 ? '' : `, ${formatCount(unresolved)} more unresolved`}`,
    toReason: ({ time_to_recover: { unresolved } }) =>
      unresolved === 0 ? 'No resolved incidents in this range.' : 'No incident of this range is resolved yet.',
    explain: ({ time_to_recover: { mean, unresolved, excluded } }) => [
      'The median time from the beginning of an incident to its end, over the incidents that began in the range, are resolved and are linked to a deployment.',
      'An incident is a merged revert, or a merged pull request whose branch or title starts with a prefix from the settings. A revert begins when what it takes back was merged, a fix when its first commit was written.',
      `The mean is ${formatDurationCell(mean)}. Left out: ${formatCounted(unresolved, 'unresolved incident')} and ${formatCounted(excluded, 'incident')} that ended before ${excluded === 1 ? 'it' : 'they'} began.`,
      formatMedianRule('recovered incidents', { hasLevel: true }),
    ],
    rows: 'incidents',
    toRowsText: () => 'Show the incidents',
    chart: {
      toSentence: ({ range }) =>
        `Median time to recover of the incidents of ${formatEach(range.interval)}; a gap means no resolved incident.`,
      nothing: 'No resolved incidents in this range.',
      caption: 'Time to recover,',
      columns: [
        ['Median', 'value'],
        ['Mean', 'mean'],
        ['Incidents', 'n'],
        ['Unresolved', 'unresolved'],
        ['Left out', 'excluded'],
      ],
    },
  },
  rework_rate: {
    name: 'Rework rate',
    formula: 'deployments that are the fix of an incident ÷ deployments',
    leftOut: 'nothing',
    column: { key: 'rework', text: 'Rework rate', counted: 'deployment' },
    toSample: ({ rework_rate: { rework, n } }) => formatPartSample(rework, n),
    toReason: () => noDeployments,
    explain: ({ rework_rate: { rework, n } }) => [
      'The share of deployments in the range that were made to fix an incident, whether or not it is linked to a deployment.',
      `Here: ${formatShare(rework, n)}. There are no published levels for it.`,
      formatShareRule({ hasLevel: false }),
    ],
    rows: 'fixes',
    toRowsText: ({ rework_rate: { rework } }) => `Show the ${formatCounted(rework, 'fix', 'fixes')}`,
    chart: {
      toSentence: ({ range }) =>
        `Share of deployments that fixed an incident, ${formatEach(range.interval)}; a gap means no deployments.`,
      nothing: noDeployments,
      caption: 'Rework rate,',
      columns: [
        ['Share', 'value'],
        ['Fixes', 'rework'],
        ['Deployments', 'n'],
      ],
    },
  },
};

function formatPartSample(part: number, all: number): string {
  return `${formatCount(part)} of ${formatCounted(all, 'deployment')}`;
}

function formatPeakSentence(report: AccelerateReport, today: string): string {
  const { series } = report.deployment_frequency;
  const most = Math.max(...series.map(({ deployments }) => deployments));
  const peak = series.find(({ deployments }) => deployments === most);
  const name = peak === undefined ? '' : formatBucketName(peak, report, today);
  return `Deployments ${formatEach(report.range.interval)}; the most were ${formatCount(most)} (${name}).`;
}
