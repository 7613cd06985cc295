import type { Links } from '../../paths';
import type { PullRequestReport } from '../../../reporting/pull-requests/pull-request-report';
import { toDateTime } from '../words/dates';
import { toDuration } from '../words/durations';
import type { LinkView } from '../words/links';
import { toCounted, unknown } from '../words/numbers';

export interface PullRequestPanelView {
  readonly title: string;
  readonly state: { readonly word: string; readonly tone: 'success' | 'information' | 'neutral' };
  readonly facts: readonly FactView[];
  /** Against the repository's median, in words; one pull request is neither good nor bad. */
  readonly comparison: string | null;
  readonly more: LinkView;
}

export interface FactView {
  readonly name: string;
  readonly text: string;
  /** Why the text is `—`, or what it means. */
  readonly note: string | null;
}

export interface PanelContext {
  readonly repositoryUuid: string;
  readonly now: number;
  readonly timezone: string;
  /** The median lead time of the repository's last 90 days, in seconds; `null` when there is none. */
  readonly medianSeconds: number | null;
}

const states: Record<string, PullRequestPanelView['state']> = {
  OPEN: { word: 'Open', tone: 'information' },
  MERGED: { word: 'Merged', tone: 'success' },
  DECLINED: { word: 'Declined', tone: 'neutral' },
  SUPERSEDED: { word: 'Superseded', tone: 'neutral' },
};

/** A pull request so far: how long it is open, what is in it, and its lead time against the usual one. */
export function toPullRequestPanelView(
  report: PullRequestReport,
  context: PanelContext,
  links: Links,
): PullRequestPanelView {
  const state = states[report.state] ?? { word: report.state, tone: 'neutral' };
  return {
    title: `Pull request #${report.number}`,
    state: report.draft && report.state === 'OPEN' ? { ...state, word: 'Open, draft' } : state,
    facts: [toOpened(report, context), toCommits(report), toLeadTime(report)],
    comparison: toComparison(report, context),
    more: {
      href: links.page('repository', { repository: context.repositoryUuid }),
      text: 'Delivery performance of the repository',
    },
  };
}

function toOpened(report: PullRequestReport, { now, timezone }: PanelContext): FactView {
  if (report.state === 'MERGED' && report.mergedAt !== null) {
    const took = toDuration(Math.max(0, (report.mergedAt - report.openedAt) / 1000));
    return { name: 'Merged', text: `after ${took}`, note: toDateTime(report.mergedAt, timezone) };
  }
  const note = `since ${toDateTime(report.openedAt, timezone)}`;
  return report.state === 'OPEN'
    ? { name: 'Open', text: `for ${toDuration(Math.max(0, (now - report.openedAt) / 1000))}`, note }
    : { name: 'Opened', text: toDateTime(report.openedAt, timezone), note: null };
}

function toCommits({ commits }: PullRequestReport): FactView {
  return commits === null
    ? { name: 'Commits', text: unknown, note: 'They are not read yet, or can no longer be read.' }
    : { name: 'Commits', text: toCounted(commits, 'commit'), note: null };
}

function toLeadTime({ state, leadTimeSeconds }: PullRequestReport): FactView {
  const name = state === 'OPEN' ? 'Lead time so far' : 'Lead time';
  return leadTimeSeconds === null
    ? {
        name,
        text: unknown,
        note: state === 'DECLINED' ? 'It was not deployed.' : 'The dates of its commits are not known.',
      }
    : { name, text: toDuration(leadTimeSeconds), note: 'median of its commits' };
}

function toComparison(report: PullRequestReport, { medianSeconds }: PanelContext): PullRequestPanelView['comparison'] {
  if (report.leadTimeSeconds === null || medianSeconds === null) {
    return null;
  }
  const usual = toDuration(medianSeconds);
  if (toDuration(report.leadTimeSeconds) === usual) {
    return `As long as usual here: the median of 90 days is ${usual}.`;
  }
  const difference = report.leadTimeSeconds - medianSeconds;
  const side = difference < 0 ? 'below' : 'above';
  return `${toDuration(Math.abs(difference))} ${side} the median of this repository (${usual}, 90 days).`;
}
