import type { Beyond, Nearest, PageState } from './look-beyond';
import { buildOwnHref, type PageContext } from './page-context';
import { formatDate, formatDateRange } from '../format/dates';
import { toAddress } from '../../routing/paths';
import type { LinkView } from '../format/links';
import { formatCounted } from '../format/numbers';
import { buildRangeFrom, buildRangeUpTo, type RangeWay } from '../format/range-ways';
import { toQuery } from '../filter/page-filter';
import { formatProgressText, type KnownCompleteness, type StateLinks } from './state-view';
import type { ThingWords } from '../format/thing-words';

/** What stands in place of the numbers when there are none: why, and the ways on, the first one foremost. */
export interface EmptyView {
  readonly title: string;
  readonly text: string;
  readonly steps: readonly LinkView[];
}

interface EmptyContext {
  readonly pageContext: PageContext;
  readonly links: StateLinks;
  readonly words: ThingWords;
  readonly completeness: KnownCompleteness;
}

interface Finding extends EmptyContext {
  readonly beyond: Beyond;
}

/** Why there is nothing to show, and where there is something; `null` when the page shows something. */
export function buildEmpty({ found, beyond }: PageState, context: EmptyContext): EmptyView | null {
  if (!context.pageContext.isConnected) {
    return buildDisconnected(context);
  }
  if (found > 0 || beyond === null) {
    return null;
  }
  const finding = { ...context, beyond };
  const reasons = [
    buildLeftOut,
    buildFiltered,
    buildCorrected,
    buildBeforeHistory,
    buildImporting,
    buildNonePresent,
    buildElsewhere,
  ];
  return reasons.reduce<EmptyView | null>((view, reason) => view ?? reason(finding), null) ?? buildNoneKnown(finding);
}

function buildDisconnected({ links }: EmptyContext): EmptyView {
  return {
    title: 'Drumbeat is not connected',
    text: 'This workspace is not connected to Drumbeat at the moment, so nothing is read from Bitbucket.',
    steps: [{ ...links.connection, text: 'See how to connect the workspace' }],
  };
}

function buildLeftOut({ pageContext, links }: Finding): EmptyView | null {
  return pageContext.isLeftOut
    ? {
        title: 'This repository is left out',
        text: `A rule in the settings leaves ${pageContext.repository?.name ?? 'this repository'} out, so none of its pull requests count.`,
        steps: [links.settings],
      }
    : null;
}

function buildFiltered(finding: Finding): EmptyView | null {
  const { beyond, pageContext, words } = finding;
  const choice = formatChoice(pageContext);
  return beyond.unfiltered === 0
    ? null
    : {
        title: `No ${words.many} match these filters`,
        text: `There ${formatAreWithin(beyond.unfiltered, finding)}, but none of the chosen ${choice}.`,
        steps: [{ href: buildOwnHref(pageContext, { system: null, team: null }), text: `Show all ${choice}` }],
      };
}

function buildCorrected(finding: Finding): EmptyView | null {
  const { beyond, pageContext, words } = finding;
  return beyond.uncorrected === 0
    ? null
    : {
        title: `Corrections leave no ${words.many}${words.range === null ? '' : ' in this range'}`,
        text: `Without the corrections made by hand there ${formatAreWithin(beyond.uncorrected, finding)}.`,
        steps: [{ href: buildOwnHref(pageContext, { data: 'raw' }), text: 'Show the raw numbers' }],
      };
}

function buildBeforeHistory(finding: Finding): EmptyView | null {
  const { pageContext, words, completeness } = finding;
  const since = completeness.imported_since;
  if (words.range === null || since === null || pageContext.filter.to >= since) {
    return null;
  }
  const ways = buildWays(finding);
  return {
    title: 'This range lies before the history',
    text: joinSentences(
      `The history that was imported begins on ${formatDate(since)}; this range ends before it.`,
      'What happened then is not known.',
      formatNearestText(finding),
    ),
    steps: ways.length > 0 ? ways : [buildWay(buildRangeFrom(since, pageContext.today), finding)],
  };
}

function buildImporting(finding: Finding): EmptyView | null {
  const { pageContext, links } = finding;
  return pageContext.importing === null
    ? null
    : {
        title: 'The history is being imported',
        text: `${formatProgressText(pageContext.importing)} Numbers appear here as they come in; live pull requests count at once.`,
        steps: [{ ...links.imports, text: 'Watch the import' }, ...buildWays(finding)],
      };
}

/** Of a page that no range matters to, the way on is what was merged, where anything was. */
function buildNonePresent(finding: Finding): EmptyView | null {
  const { pageContext, links, words } = finding;
  const latest = finding.beyond.nearest.before;
  if (words.present === undefined || latest === null) {
    return null;
  }
  const query = {
    ...toQuery(pageContext.page, { sort: null }),
    ...buildChange(buildRangeUpTo(latest, pageContext.today), finding),
  };
  return {
    ...words.present,
    steps: [
      {
        href: toAddress(links.reviewsPath, { repository: pageContext.repository?.uuid ?? null, ...query }),
        text: 'Show what was merged',
      },
    ],
  };
}

function buildElsewhere(finding: Finding): EmptyView | null {
  const { beyond, pageContext, words } = finding;
  const ways = buildWays(finding);
  if (ways.length === 0) {
    return null;
  }
  const nearest = formatNearestText(finding);
  const choice = formatChoice(pageContext);
  return beyond.isAllFiltered
    ? {
        title: `No ${words.many} match these filters`,
        text: `No ${words.one} of the chosen ${choice} is known. Without these filters, ${toLower(nearest)}`,
        steps: ways,
      }
    : {
        title: `No ${words.many} in this range`,
        text: joinSentences(formatNoneInRange(finding), nearest),
        steps: ways,
      };
}

function buildNoneKnown({ pageContext, links, words, completeness }: Finding): EmptyView {
  const place = pageContext.repository === null ? '' : ` in ${pageContext.repository.name}`;
  const since = completeness.imported_since;
  return {
    title: words.present?.title ?? `No ${words.many} are known yet`,
    text:
      since === null
        ? `${words.noneKnown}${place}. The history has not been read yet.`
        : `${words.noneKnown}${place} since the history begins on ${formatDate(since)}.`,
    steps: [{ ...links.imports, text: 'See which repositories are read' }],
  };
}

/** "is 1 deployment in 2 Mar – 8 Mar 2026". */
function formatAreWithin(count: number, { pageContext, words }: EmptyContext): string {
  const when = words.range === null ? 'now' : formatWithin(pageContext);
  return `${count === 1 ? 'is' : 'are'} ${formatCounted(count, words.one, words.many)} ${when}`;
}

function formatNoneInRange({ pageContext, words }: EmptyContext): string {
  return pageContext.filter.from > pageContext.today
    ? 'This range has not begun yet.'
    : `${words.range?.none ?? ''} ${formatWithin(pageContext)}.`;
}

function formatWithin({ filter: { from, to } }: PageContext): string {
  return `${from === to ? 'on' : 'in'} ${formatDateRange(from, to)}`;
}

/** "The latest merge was on 3 Nov 2026."; empty where none is known at any time. */
function formatNearestText({ beyond, words }: Finding): string {
  const { before, after } = beyond.nearest;
  const { event, dated } = words.range ?? { event: 'merge', dated: 'was' };
  if (before !== null && after !== null) {
    return `The last ${event} before this range ${dated} on ${formatDate(before)}, the first after it on ${formatDate(after)}.`;
  }
  if (before !== null) {
    return `The latest ${event} ${dated} on ${formatDate(before)}.`;
  }
  return after === null ? '' : `The first ${event} ${dated} on ${formatDate(after)}.`;
}

/** To the nearest before the range and to the nearest after it; where one range holds both, one way. */
function buildWays(finding: Finding): LinkView[] {
  const { pageContext, beyond, words } = finding;
  const ways =
    words.range === null ? [] : buildRanges(beyond.nearest, pageContext.today).map((way) => buildWay(way, finding));
  return ways.filter(({ href }, index) => ways.findIndex((other) => other.href === href) === index);
}

function buildRanges({ before, after }: Nearest, today: string): RangeWay[] {
  return [
    ...(before === null ? [] : [buildRangeUpTo(before, today)]),
    ...(after === null ? [] : [buildRangeFrom(after, today)]),
  ];
}

function buildWay(way: RangeWay, finding: Finding): LinkView {
  const suffix = finding.beyond.isAllFiltered ? ` of all ${formatChoice(finding.pageContext)}` : '';
  return { href: buildOwnHref(finding.pageContext, buildChange(way, finding)), text: `Show ${way.text}${suffix}` };
}

/** Where the filters leave out all there is, the way on is without them. */
function buildChange({ query }: RangeWay, { beyond }: Finding): Readonly<Record<string, string | null>> {
  return beyond.isAllFiltered ? { ...query, system: null, team: null } : query;
}

/** What the reader has chosen among. */
function formatChoice({ page }: PageContext): string {
  const { systems, teams } = page.filter;
  return [...(systems.length === 0 ? [] : ['repositories']), ...(teams.length === 0 ? [] : ['teams'])].join(' and ');
}

function joinSentences(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function toLower(sentence: string): string {
  return `${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1)}`;
}
