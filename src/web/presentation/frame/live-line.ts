import type { ImportProgress } from '../../../reporting/version/import-progress';
import type { Links } from '../../routing/paths';
import { toQuery } from '../filter/page-filter';
import { buildTime, type TimeView } from '../format/dates';
import type { LinkView } from '../format/links';
import { formatCount } from '../format/numbers';
import type { PageContext } from './page-context';
import { liveWords } from './live-words';
import type { KnownCompleteness } from './state-view';

/** One line under the title: whether changes arrive, since when, and the way to what is not known. */
export interface LiveLine {
  /** A filled dot: changes arrive; a ring: they are looked for or still read; a cross: they do not. */
  readonly tone: 'live' | 'waiting' | 'off';
  /** Goes on with the time, if there is one. */
  readonly text: string;
  readonly time: TimeView | null;
  /** `null`: on the page that it leads to. */
  readonly quality: LinkView | null;
}

type LiveContext = Pick<PageContext, 'isConnected' | 'importing' | 'polling' | 'lastNoticeAt' | 'now' | 'timezone'>;

/** Gaps that only some reports count. */
export type LiveCompleteness = KnownCompleteness & {
  readonly incomplete_deployments?: number;
  readonly incomplete_pull_requests?: number;
  readonly unsized_pull_requests?: number;
  readonly undated_merges?: number;
};

export function buildLiveLine(
  pageContext: LiveContext & Pick<PageContext, 'page' | 'repository' | 'place'>,
  completeness: LiveCompleteness,
  links: Links,
): LiveLine {
  const { page, place, repository } = pageContext;
  const query = { repository: repository?.uuid ?? null, ...toQuery(page, { sort: null }) };
  const quality = { href: links.page('dataQuality', query), text: findGap(completeness) };
  return { ...buildState(pageContext, completeness), quality: place.name === 'dataQuality' ? null : quality };
}

const hour = 3_600_000;
/** Repositories are compared every hour: after two of them something is wrong. */
const lateAfter = 2 * hour;

function buildState(context: LiveContext, { verified_at: verified }: KnownCompleteness): Omit<LiveLine, 'quality'> {
  const { isConnected, importing, now, timezone } = context;
  if (!isConnected) return { tone: 'off', text: liveWords.off, time: null };
  if (importing !== null) return { tone: 'waiting', text: formatImporting(importing), time: null };
  const verifiedAt = verified === null ? now : Date.parse(verified);
  return now - verifiedAt > lateAfter
    ? { tone: 'off', text: liveWords.late, time: buildTime(verifiedAt, { now, timezone }) }
    : buildHearing(context);
}

function buildHearing({ polling, lastNoticeAt, now, timezone }: LiveContext): Omit<LiveLine, 'quality'> {
  const toTime = (at: number | null) => (at === null ? null : buildTime(at, { now, timezone }));
  if (polling === null) {
    const text = lastNoticeAt === null ? liveWords.nothingHeard : liveWords.heard;
    return { tone: 'live', text, time: toTime(lastNoticeAt) };
  }
  const text = polling.lookedAt === null ? liveWords.notPolled : liveWords.polled;
  return { tone: 'waiting', text, time: toTime(polling.lookedAt) };
}

function formatImporting({ done, total }: NonNullable<ImportProgress['importing']>): string {
  return total === 0 ? liveWords.listing : liveWords.importing(formatCount(done), formatCount(total));
}

/** By how much each gap matters to the numbers of a page, most first. */
const gaps: readonly (readonly [keyof LiveCompleteness, (count: number) => string])[] = [
  ['undated_merges', liveWords.undated],
  ['incomplete_deployments', (count) => liveWords.unknownCommits(count, 'deployment')],
  ['incomplete_pull_requests', (count) => liveWords.unknownCommits(count, 'pull request')],
  ['unsized_pull_requests', liveWords.unsized],
];

function findGap(completeness: LiveCompleteness): string {
  for (const [member, say] of gaps) {
    const count = completeness[member];
    if (typeof count === 'number' && count > 0) return say(count);
  }
  return liveWords.noGap;
}
