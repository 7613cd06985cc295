import type { DeliveryMetricKey, DeliveryMetrics } from '../../../domain/metrics/catalogue';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import { formatEach } from '../charts/buckets';
import { formatDurationCell } from '../charts/duration-chart';
import { formatCount, formatCounted, formatShortNumber } from '../format/numbers';
import { changeWords } from './change-words';
import { describeDeployments, describeLeadTime } from './delivery-chart-words';
import { buildFrequencyRules, formatMedianRule, formatShareRule } from './enough-rule';
import type { RowsName } from './metric-view';

type Say = (report: AccelerateReport) => string;

/** How an Accelerate metric is called and explained, on every page and in the documents (docs/definitions.md, 5). */
export interface DeliveryWords<Member extends string = string> {
  readonly name: string;
  /** Where there is little room: over a tile, in a table. */
  readonly short: string;
  /** The formula and what it leaves out, for the documents. */
  readonly formula: string;
  readonly leftOut: string;
  /** Its column in a table of repositories: what `sort=` names, its head, and one of what is counted. */
  readonly column: { readonly key: string; readonly text: string; readonly counted: string };
  /** What the value is made of, as a way to it: "24 of 456". */
  readonly toSample: Say;
  /** Why there is no value. */
  readonly toReason: Say;
  /** How far two values are apart, of which the later is higher or lower: "2 h shorter". */
  readonly formatDifference: (difference: string, unit: string, movement: 'higher' | 'lower') => string;
  /** How it is computed, what is left out and how much. */
  readonly explain: (report: AccelerateReport) => readonly string[];
  readonly rows: Exclude<RowsName, 'pullRequests'>;
  readonly chart: {
    readonly toSentence: Say;
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
    short: 'Deployments',
    formula: 'deployments ÷ days of the range; days without one count, days to come too',
    leftOut: 'nothing',
    column: { key: 'deployments', text: 'Deployments', counted: 'deployment' },
    toSample: ({ deployment_frequency: { deployments } }) => formatCounted(deployments, 'deployment'),
    toReason: () => noDeployments,
    formatDifference: (difference, _unit, movement) =>
      movement === 'higher' ? changeWords.more(difference) : changeWords.fewer(difference),
    explain: ({ deployment_frequency: { deployments, days, value }, level }) => [
      `Deployment frequency: ${formatCounted(deployments, 'deployment')} in ${formatCounted(days, 'day')} are ${formatShortNumber(value)} a day. Days without a deployment count.`,
      'A merge into the default branch of a repository is taken for a deployment. Pull requests merged into other branches are left out.',
      ...buildFrequencyRules(level.table),
    ],
    rows: 'deployments',
    chart: {
      toSentence: describeDeployments,
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
    short: 'Lead time',
    formula: 'median over all (deployment, change) pairs of merge − author date; p75 and p95 beside it',
    leftOut: 'negative durations, counted as `excluded`',
    column: { key: 'lead-time', text: 'Lead time', counted: 'change' },
    toSample: ({ lead_time_for_changes: { n } }) => formatCounted(n, 'change'),
    toReason: ({ deployment_frequency: { deployments } }) =>
      deployments === 0 ? noDeployments : 'The commits of these deployments are not known.',
    formatDifference: formatTimeDifference,
    explain: ({
      lead_time_for_changes: { value, n, p75, p95, excluded },
      completeness: { incomplete_deployments: incomplete },
    }) => [
      `Lead time for changes, from the author date of a commit to its deployment: half of ${formatCounted(n, 'change')} took at most ${formatDurationCell(value)}, three quarters at most ${formatDurationCell(p75)}, 95 % at most ${formatDurationCell(p95)}. Nights and weekends count.`,
      `Left out: ${formatCounted(excluded, 'change')} dated after the deployment, and the changes of ${formatCounted(incomplete, 'deployment')} without known commits.`,
      formatMedianRule('changes', { hasLevel: true }),
    ],
    rows: 'deployments',
    chart: {
      toSentence: describeLeadTime,
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
    short: 'Failure rate',
    formula: 'deployments of the range blamed by an incident, whenever that came ÷ deployments',
    leftOut: 'unlinked incidents',
    column: { key: 'failure-rate', text: 'Failure rate', counted: 'deployment' },
    toSample: ({ change_failure_rate: { failed, n } }) => formatPart(failed, n),
    toReason: () => noDeployments,
    formatDifference: formatPoints,
    explain: ({ change_failure_rate: { failed, n } }) => [
      `Change failure rate: ${formatPartSample(failed, n)} caused an incident, whenever that began. A deployment with several incidents counts once.`,
      'A revert is blamed on the deployment that was reverted, any other incident on the last deployment of its repository before. Incidents without such a deployment are left out.',
      formatShareRule({ hasLevel: true }),
    ],
    rows: 'failedDeployments',
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
    short: 'Time to recover',
    formula: 'median of end − beginning over linked, resolved incidents that began in the range',
    leftOut: 'unresolved and negative ones, both counted',
    column: { key: 'recovery', text: 'Time to recover', counted: 'incident' },
    toSample: ({ time_to_recover: { n, unresolved } }) =>
      `${formatCounted(n, 'incident')}${unresolved === 0 ? '' : `, ${formatCount(unresolved)} unresolved`}`,
    toReason: ({ time_to_recover: { unresolved } }) =>
      unresolved === 0 ? 'No resolved incidents in this range.' : 'No incident of this range is resolved yet.',
    formatDifference: formatTimeDifference,
    explain: ({ time_to_recover: { value, n, mean, unresolved, excluded } }) => [
      `Time to recover, from the beginning of an incident to its end: half of ${formatCounted(n, 'incident')} took at most ${formatDurationCell(value)}, the mean is ${formatDurationCell(mean)}. Incidents count that began in the range, are resolved and are linked to a deployment.`,
      'An incident is a merged revert, or a merged pull request whose branch or title starts with a prefix from the settings. A revert begins with the merge that it takes back, a fix with its first commit.',
      `Left out: ${formatCounted(unresolved, 'unresolved incident')}, and ${formatCounted(excluded, 'incident')} with an end before the beginning.`,
      formatMedianRule('recovered incidents', { hasLevel: true }),
    ],
    rows: 'incidents',
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
    short: 'Rework rate',
    formula: 'deployments that are the fix of an incident ÷ deployments',
    leftOut: 'nothing',
    column: { key: 'rework', text: 'Rework rate', counted: 'deployment' },
    toSample: ({ rework_rate: { rework, n } }) => formatPart(rework, n),
    toReason: () => noDeployments,
    formatDifference: formatPoints,
    explain: ({ rework_rate: { rework, n } }) => [
      `Rework rate: ${formatPartSample(rework, n)} fixed an incident, linked to a deployment or not. No levels are published for this rate.`,
      formatShareRule({ hasLevel: false }),
    ],
    rows: 'fixes',
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

function formatPart(part: number, all: number): string {
  return `${formatCount(part)} of ${formatCount(all)}`;
}

function formatTimeDifference(difference: string, unit: string, movement: 'higher' | 'lower'): string {
  const text = `${difference} ${unit}`;
  return movement === 'higher' ? changeWords.longer(text) : changeWords.shorter(text);
}

function formatPoints(difference: string): string {
  return changeWords.points(difference);
}
