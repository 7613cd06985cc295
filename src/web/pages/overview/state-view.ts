import type { Completeness } from '../metrics/accelerate-report';
import { toDate, toTime, type TimeView } from '../words/dates';
import type { LinkView } from '../words/links';
import { toCount, toCounted } from '../words/numbers';

/** What stands in place of the numbers when there are none: why, and the one next step. */
export interface EmptyView {
  readonly title: string;
  readonly text: string;
  readonly step: LinkView;
}

/** What a reader must know beside the numbers. */
export interface MessageView {
  readonly tone: 'information' | 'warning' | 'error';
  readonly title: string;
  readonly text: string;
  readonly step: LinkView | null;
}

export interface OverviewState {
  readonly isConnected: boolean;
  readonly importing: ImportProgress | null;
  /** Deployments under the filters. */
  readonly deployments: number;
  /** Deployments in the range without repository and team filters. */
  readonly unfilteredDeployments: number;
  /** The latest deployment ever, of whatever repository; `null` when none is known. */
  readonly latestDeploymentAt: number | null;
}

export interface ImportProgress {
  readonly done: number;
  readonly total: number | null;
  readonly etaSeconds: number | null;
}

export interface StateLinks {
  readonly settings: LinkView;
  readonly clearFilters: LinkView;
  readonly longerRange: LinkView;
}

/** The one of five reasons why there is nothing to show; `null` when there is something. */
export function toEmpty(state: OverviewState, links: StateLinks, rangeText: string): EmptyView | null {
  if (!state.isConnected) {
    return {
      title: 'Drumbeat is not connected',
      text: 'This workspace is not connected to Drumbeat at the moment, so nothing is read from Bitbucket.',
      step: { ...links.settings, text: 'See how to connect it' },
    };
  }
  if (state.deployments > 0) {
    return null;
  }
  if (state.unfilteredDeployments > 0) {
    return {
      title: 'No deployments match these filters',
      text: `There are ${toCounted(state.unfilteredDeployments, 'deployment')} in ${rangeText}, but none of the chosen repositories and teams.`,
      step: { ...links.clearFilters, text: 'Show all repositories and teams' },
    };
  }
  if (state.importing !== null) {
    return {
      title: 'The history is being imported',
      text: `${toProgressText(state.importing)} Numbers appear here as they come in; live pull requests count at once.`,
      step: { ...links.settings, text: 'Watch the import' },
    };
  }
  return state.latestDeploymentAt === null
    ? toNoneKnown(links)
    : toNoneInRange(state.latestDeploymentAt, links, rangeText);
}

function toNoneKnown(links: StateLinks): EmptyView {
  return {
    title: 'No deployments are known yet',
    text: 'A deployment is a pull request merged into the default branch of a repository. None has been merged since the history begins.',
    step: { ...links.settings, text: 'See which repositories are read' },
  };
}

function toNoneInRange(latestAt: number, links: StateLinks, rangeText: string): EmptyView {
  return {
    title: 'No deployments in this range',
    text: `Nothing was merged into a default branch in ${rangeText}. The latest deployment was on ${toDate(new Date(latestAt).toISOString().slice(0, 10))}.`,
    step: { ...links.longerRange, text: 'Show a whole year' },
  };
}

/** Import under way, history that begins inside the range, data that are old. */
export function toMessages(
  state: OverviewState,
  completeness: Completeness,
  context: { links: StateLinks; from: string; now: number },
): MessageView[] {
  const messages: MessageView[] = [];
  if (state.importing !== null && state.deployments > 0) {
    messages.push({
      tone: 'information',
      title: 'The history is being imported',
      text: `${toProgressText(state.importing)} Until it is finished, numbers of earlier days may still grow.`,
      step: { ...context.links.settings, text: 'Watch the import' },
    });
  }
  const since = completeness.imported_since;
  if (since !== null && since > context.from) {
    messages.push({
      tone: 'information',
      title: `The history begins on ${toDate(since)}`,
      text: 'The chosen range begins earlier. What was merged before that day is not known and is not counted.',
      step: null,
    });
  }
  return [...messages, ...toAgeMessages(state, completeness, context)];
}

/** Reconciliation runs every hour; two hours of silence are worth a word. */
const oldAfter = 2 * 3_600_000;

function toAgeMessages(
  state: OverviewState,
  completeness: Completeness,
  context: { links: StateLinks; now: number },
): MessageView[] {
  const verifiedAt = completeness.verified_at === null ? null : Date.parse(completeness.verified_at);
  if (verifiedAt === null || context.now - verifiedAt < oldAfter || state.importing !== null) {
    return [];
  }
  const time = toTime(verifiedAt, { now: context.now, timezone: 'UTC' });
  return [
    {
      tone: 'warning',
      title: 'These numbers may be old',
      text: `They were last compared with Bitbucket ${time.text} (${time.full}).`,
      step: { ...context.links.settings, text: 'See what is wrong' },
    },
  ];
}

function toProgressText(progress: ImportProgress): string {
  const done =
    progress.total === null
      ? toCounted(progress.done, 'pull request')
      : `${toCount(progress.done)} of ${toCounted(progress.total, 'pull request')}`;
  return `${done} read so far${toRemaining(progress.etaSeconds)}.`;
}

function toRemaining(seconds: number | null): string {
  if (seconds === null) {
    return '';
  }
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes < 90
    ? `, about ${toCounted(minutes, 'minute')} left`
    : `, about ${toCounted(Math.round(minutes / 60), 'hour')} left`;
}

/** One line under the heading: how far back the history reaches, whether it is complete, when it was compared. */
export function toHistoryLine(completeness: Completeness, now: number): { text: string; verified: TimeView | null } {
  const since = completeness.imported_since;
  const incomplete = completeness.incomplete_deployments;
  const begins =
    since === null
      ? 'The history is not read yet.'
      : `History since ${toDate(since)}, ${completeness.importing ? 'still being read' : 'complete'}.`;
  const gaps = incomplete === 0 ? '' : ` ${toCounted(incomplete, 'deployment')} without known commits.`;
  const verifiedAt = completeness.verified_at === null ? null : Date.parse(completeness.verified_at);
  return {
    text: `${begins}${gaps}`,
    verified: verifiedAt === null ? null : toTime(verifiedAt, { now, timezone: 'UTC' }),
  };
}
