import type { ImportProgress } from '../../../reporting/version/import-progress';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import { formatDate, formatDateTime, buildTime } from '../format/dates';
import { formatRemaining } from '../format/durations';
import type { LinkView } from '../format/links';
import { formatCount, formatCounted } from '../format/numbers';

/** What a reader must know beside the numbers. */
export interface MessageView {
  readonly tone: 'information' | 'warning' | 'error';
  readonly title: string;
  readonly text: string;
  readonly step: LinkView | null;
  /** A file that has what the page has not. */
  readonly file?: { readonly href: string; readonly what: string };
}

type Importing = NonNullable<ImportProgress['importing']>;

/** Where the ways on from a message, or from a page without numbers, lead. */
export interface StateLinks {
  readonly settings: LinkView;
  /** The section that shows the import. */
  readonly imports: LinkView;
  /** The section that shows the connection. */
  readonly connection: LinkView;
  /** Changes & Reviews, without a query. */
  readonly reviewsPath: string;
}

/** The page that messages stand on. */
interface KnownState {
  /** Things under the filters. */
  readonly found: number;
  /** More may come in. */
  readonly importing: Importing | null;
  readonly links: StateLinks;
  /** The first date that the page is about. */
  readonly from: string;
  readonly now: number;
}

/** Import under way, history that begins inside the range, data that are old. */
export function buildMessages(state: KnownState, completeness: KnownCompleteness): MessageView[] {
  const messages: MessageView[] = [];
  if (state.importing !== null && state.found > 0) {
    messages.push({
      tone: 'information',
      title: 'The history is being imported',
      text: `${formatProgressText(state.importing)} Until it is finished, numbers of earlier days may still grow.`,
      step: { ...state.links.imports, text: 'Watch the import' },
    });
  }
  const since = completeness.imported_since;
  if (since !== null && since > state.from) {
    messages.push({
      tone: 'information',
      title: `The history begins on ${formatDate(since)}`,
      text: 'The chosen range begins earlier. What was merged before that day is not known and is not counted.',
      step: null,
    });
  }
  return [...messages, ...buildAgeMessages(state, completeness)];
}

const hour = 3_600_000;
/** Reconciliation runs every hour: after two of them something may be wrong. */
const suspiciousAfter = 2 * hour;

/** The part of what a report says about its completeness that all reports have. */
export type KnownCompleteness = Pick<AccelerateReport['completeness'], 'imported_since' | 'importing' | 'verified_at'>;

function buildAgeMessages({ importing, links, now }: KnownState, completeness: KnownCompleteness): MessageView[] {
  const verifiedAt = completeness.verified_at === null ? null : Date.parse(completeness.verified_at);
  if (verifiedAt === null || now - verifiedAt <= hour || importing !== null) {
    return [];
  }
  const time = buildTime(verifiedAt, { now, timezone: 'UTC' });
  const isSuspicious = now - verifiedAt > suspiciousAfter;
  return [
    {
      tone: isSuspicious ? 'warning' : 'information',
      title: isSuspicious ? 'These numbers may be old' : 'These numbers are more than an hour old',
      text: `Last compared with Bitbucket ${time.text} (${time.full}). Changes that Bitbucket reported since then are included.`,
      step: isSuspicious ? { ...links.connection, text: 'See the connection in the settings' } : null,
    },
  ];
}

/**
 * "312 of 2,900 pull requests read so far, about 38 minutes left."; how many there are is known only once they are
 * listed.
 */
export function formatProgressText({ done, total, etaSeconds }: Importing): string {
  if (total === 0) return 'The list of pull requests is being read.';
  const left = etaSeconds === null ? '' : `, about ${formatRemaining(etaSeconds)} left`;
  return `${formatCount(done)} of ${formatCounted(total, 'pull request')} read so far${left}.`;
}

/** Zone and last comparison, the end of every explanation. */
export function formatBasis(timezone: string, verifiedAt: string | null): string {
  const zone = `Days are those of ${timezone}.`;
  return verifiedAt === null
    ? `${zone} Not compared with Bitbucket yet.`
    : `${zone} Last compared with Bitbucket on ${formatDateTime(Date.parse(verifiedAt), timezone)}.`;
}
