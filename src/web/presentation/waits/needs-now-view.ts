import type { OpenWait } from '../../../reporting/reviews/open-waits';
import type { Links } from '../../routing/paths';
import { toQuery } from '../filter/page-filter';
import { formatWait } from './format-wait';
import type { LinkView } from '../format/links';
import type { OpenedPage } from '../frame/page-context';
import { buildRowContext } from '../frame/row-context';
import { buildWhom, formatAwaited } from './wait-whom';
import { waitWords } from './wait-words';
import { needsNowWords } from './needs-now-words';

/** Three lines of what waits longest over its usual, and what was shipped today. */
export interface NeedsNowView {
  readonly heading: string;
  readonly lines: readonly NeedsNowLine[];
  /** Where there are no lines. */
  readonly nothing: string;
  readonly all: LinkView | null;
  readonly shippedHeading: string;
  readonly shipped: { readonly text: string; readonly link: LinkView | null };
}

interface NeedsNowLine {
  readonly initials: string;
  readonly title: LinkView;
  readonly where: string;
  readonly text: string;
}

const mostLines = 3;

/** Of the repositories and teams of the page, whatever its range. */
export function buildNeedsNow(pageContext: OpenedPage, links: Links): NeedsNowView {
  const { waits } = pageContext.snapshot.findOpenWaits(pageContext.filter);
  const overdue = waits.filter(
    ({ aside, over, waitsFor }) => aside === null && waitsFor !== 'queue' && (over ?? 1) > 0,
  );
  const query = toPlaceQuery(pageContext);
  return {
    heading: needsNowWords.heading,
    lines: overdue.slice(0, mostLines).map((wait) => buildLine(wait, pageContext, links)),
    nothing: needsNowWords.nothing,
    all:
      waits.length === 0 ? null : { href: links.page('workInProgress', query), text: needsNowWords.all(waits.length) },
    shippedHeading: needsNowWords.shippedHeading,
    shipped: buildShipped(pageContext, links),
  };
}

function buildLine(wait: OpenWait, pageContext: OpenedPage, links: Links): NeedsNowLine {
  const { item, usual, waited } = wait;
  const { toTimeLineHref } = buildRowContext(pageContext, links);
  const usually = usual && waitWords.usually(usual.seconds, usual.of === 'workspace');
  return {
    initials: buildWhom(wait).initials[0] ?? '?',
    title: { href: toTimeLineHref(item.system.uuid, item.id), text: item.title },
    where: `${item.system.name} #${item.id}`,
    text: needsNowWords.waited(formatAwaited(wait), formatWait(waited), usually),
  };
}

/** The filters of the page, and its repository. */
function toPlaceQuery({ page, place }: OpenedPage) {
  return { ...toQuery(page, { sort: null }), repository: place.own['repository'] ?? null };
}

function buildShipped(pageContext: OpenedPage, links: Links): NeedsNowView['shipped'] {
  const { snapshot, filter, today } = pageContext;
  const ofToday = { ...filter, from: today, to: today };
  const { deployment_frequency: frequency, change_failure_rate: failures } = snapshot.computeAccelerateInAll(ofToday);
  const { deployments } = frequency;
  if (deployments === 0) return { text: needsNowWords.nothingShipped, link: null };
  const perSystem = snapshot.computeAcceleratePerSystem(ofToday);
  const repositories = perSystem.filter(({ report }) => report.deployment_frequency.deployments > 0).length;
  const text = needsNowWords.shipped(deployments, Math.max(1, repositories), failures.failed);
  return { text, link: { href: links.page('day', { ...toPlaceQuery(pageContext), day: today }), text } };
}
