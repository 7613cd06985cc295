import type { Completeness } from '../metrics/accelerate-report';
import { toDate, toDateTime, toTime, type TimeView } from '../words/dates';
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

/** Why there may be nothing to show. */
export interface PageState {
  readonly isConnected: boolean;
  readonly importing: ImportProgress | null;
  /** Things under the filters. */
  readonly found: number;
  /** Things in the range without repository and team filters. */
  readonly unfiltered: number;
  /** The latest thing ever; `null` when none is known. */
  readonly latestAt: number | null;
}

/** How the things of a page are called where there are none. */
export interface ThingWords {
  readonly one: string;
  readonly many: string;
  /** "The latest deployment was on 3 Nov 2026." */
  readonly latest: string;
  readonly noneKnown: string;
  readonly noneInRange: string;
}

export const deploymentWords: ThingWords = {
  one: 'deployment',
  many: 'deployments',
  latest: 'The latest deployment was on',
  noneKnown:
    'A deployment is a pull request merged into the default branch of a repository. None has been merged since the history begins.',
  noneInRange: 'Nothing was merged into a default branch in',
};

export const mergedWords: ThingWords = {
  one: 'merged pull request',
  many: 'merged pull requests',
  latest: 'The latest merge was on',
  noneKnown:
    'The numbers of this page are those of merged pull requests. None has been merged since the history begins.',
  noneInRange: 'No pull request was merged in',
};

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
export function toEmpty(
  state: PageState,
  { links, rangeText, words }: { links: StateLinks; rangeText: string; words: ThingWords },
): EmptyView | null {
  if (!state.isConnected) {
    return toDisconnected(links);
  }
  if (state.found > 0) {
    return null;
  }
  if (state.unfiltered > 0) {
    return toFilteredOut(state.unfiltered, { links, words, where: `in ${rangeText}` });
  }
  if (state.importing !== null) {
    return toImporting(state.importing, links);
  }
  return state.latestAt === null
    ? toNoneKnown(links, words)
    : {
        title: `No ${words.many} in this range`,
        text: `${words.noneInRange} ${rangeText}. ${words.latest} ${toDate(new Date(state.latestAt).toISOString().slice(0, 10))}.`,
        step: { ...links.longerRange, text: 'Show a whole year' },
      };
}

export function toDisconnected(links: StateLinks): EmptyView {
  return {
    title: 'Drumbeat is not connected',
    text: 'This workspace is not connected to Drumbeat at the moment, so nothing is read from Bitbucket.',
    step: { ...links.settings, text: 'See how to connect it' },
  };
}

export function toFilteredOut(
  count: number,
  { links, words, where }: { links: StateLinks; words: Pick<ThingWords, 'one' | 'many'>; where: string },
): EmptyView {
  return {
    title: `No ${words.many} match these filters`,
    text: `There ${count === 1 ? 'is' : 'are'} ${toCounted(count, words.one, words.many)} ${where}, but none of the chosen repositories and teams.`,
    step: { ...links.clearFilters, text: 'Show all repositories and teams' },
  };
}

export function toImporting(progress: ImportProgress, links: StateLinks): EmptyView {
  return {
    title: 'The history is being imported',
    text: `${toProgressText(progress)} Numbers appear here as they come in; live pull requests count at once.`,
    step: { ...links.settings, text: 'Watch the import' },
  };
}

export function toNoneKnown(links: StateLinks, words: Pick<ThingWords, 'many' | 'noneKnown'>): EmptyView {
  return {
    title: `No ${words.many} are known yet`,
    text: words.noneKnown,
    step: { ...links.settings, text: 'See which repositories are read' },
  };
}

/** Import under way, history that begins inside the range, data that are old. */
export function toMessages(
  state: Pick<PageState, 'importing' | 'found'>,
  completeness: KnownCompleteness,
  context: { links: StateLinks; from: string; now: number },
): MessageView[] {
  const messages: MessageView[] = [];
  if (state.importing !== null && state.found > 0) {
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

const hour = 3_600_000;
/** Reconciliation runs every hour: after two of them something may be wrong. */
const suspiciousAfter = 2 * hour;

/** The part of what a report says about its completeness that all reports have. */
export type KnownCompleteness = Pick<Completeness, 'imported_since' | 'importing' | 'verified_at'>;

function toAgeMessages(
  state: Pick<PageState, 'importing'>,
  completeness: KnownCompleteness,
  context: { links: StateLinks; now: number },
): MessageView[] {
  const verifiedAt = completeness.verified_at === null ? null : Date.parse(completeness.verified_at);
  if (verifiedAt === null || context.now - verifiedAt <= hour || state.importing !== null) {
    return [];
  }
  const time = toTime(verifiedAt, { now: context.now, timezone: 'UTC' });
  const isSuspicious = context.now - verifiedAt > suspiciousAfter;
  return [
    {
      tone: isSuspicious ? 'warning' : 'information',
      title: isSuspicious ? 'These numbers may be old' : 'These numbers are more than an hour old',
      text: `They were last compared with Bitbucket ${time.text} (${time.full}). Notices that came since count already.`,
      step: isSuspicious ? { ...context.links.settings, text: 'See what is wrong' } : null,
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

export interface HistoryView {
  readonly text: string;
  readonly verified: TimeView | null;
}

/** One line under the heading: how far back the history reaches, whether it is complete, when it was compared. */
export function toHistoryLine(completeness: KnownCompleteness, gaps: string, now: number): HistoryView {
  const since = completeness.imported_since;
  const begins =
    since === null
      ? 'The history is not read yet.'
      : `History since ${toDate(since)}, ${completeness.importing ? 'still being read' : 'complete'}.`;
  const verifiedAt = completeness.verified_at === null ? null : Date.parse(completeness.verified_at);
  return {
    text: gaps === '' ? begins : `${begins} ${gaps}`,
    verified: verifiedAt === null ? null : toTime(verifiedAt, { now, timezone: 'UTC' }),
  };
}

/** Zone and last comparison, the end of every explanation. */
export function toBasis(timezone: string, verifiedAt: string | null): string {
  const zone = `Days are those of ${timezone}.`;
  return verifiedAt === null
    ? `${zone} Not compared with Bitbucket yet.`
    : `${zone} Last compared with Bitbucket on ${toDateTime(Date.parse(verifiedAt), timezone)}.`;
}
