import { lookUp } from '../../../domain/look-up';
import { formatDeployId } from '../../../domain/deployments/deploy-id';
import type { Links } from '../../routing/paths';
import type { IncidentItem } from '../../../reporting/answers/rows';
import type { PullRequestTimeLine } from '../../../reporting/time-line/time-line';
import type { MergedPullRequestItem } from '../../../reporting/answers/pull-requests';
import { formatDurationCell } from '../../presentation/charts/duration-chart';
import { buildRowContext } from '../../presentation/frame/row-context';
import { nameDeployed } from '../../presentation/rows/name-deployed';
import type { PageContext } from '../../presentation/frame/page-context';
import { buildTabs } from '../../presentation/frame/tabs-view';
import { buildReleaseWays } from '../../presentation/releases/release-ways';
import { durationKeys, reviewWords } from '../reviews/review-words';
import { buildOpenMarks } from '../../presentation/rows/pull-request-columns';
import type { MarkView } from '../../presentation/rows/row-cell';
import { formatDateTime, buildExactTime } from '../../presentation/format/dates';
import { formatCount, unknown } from '../../presentation/format/numbers';
import { phaseNames } from '../../presentation/charts/phases';
import { buildEvents } from './events-view';
import { buildIncidentLines } from './incident-lines';
import { buildPhaseBar } from './phase-bar';
import { formatWaitingSentence } from './waiting';
import { eventWords, words } from './words';

const states: Readonly<Record<string, MarkView>> = {
  OPEN: { word: words.states.OPEN, tone: 'information' },
  MERGED: { word: words.states.MERGED, tone: 'success' },
  DECLINED: { word: words.states.DECLINED, tone: 'neutral' },
  SUPERSEDED: { word: words.states.SUPERSEDED, tone: 'neutral' },
};

/** How a pull request stands, as lozenges. */
export function buildStateMarks({
  state,
  draft,
  queued,
}: Pick<PullRequestTimeLine, 'state' | 'draft' | 'queued'>): MarkView[] {
  const mark = lookUp(states, state) ?? { word: state, tone: 'neutral' };
  return state === 'OPEN' ? [mark, ...buildOpenMarks({ draft, queued })] : [mark];
}

/** The whole life of one pull request. `incidents`: of its repository, whenever they happened. */
export function buildPullRequestView(
  { timeLine, incidents }: { readonly timeLine: PullRequestTimeLine; readonly incidents: readonly IncidentItem[] },
  pageContext: PageContext,
  links: Links,
) {
  const { repository, timezone } = pageContext;
  const name = `${repository?.name ?? ''} #${timeLine.number}`.trim();
  return {
    words: { phases: words.phases, facts: words.facts, events: eventWords },
    title: name,
    name: timeLine.title,
    about: formatAbout(timeLine, timezone),
    tabs: buildTabs(pageContext, links),
    marks: buildStateMarks(timeLine),
    // A deployment says more than that nothing is waited for.
    waiting: timeLine.deployment === null ? formatWaitingSentence(timeLine, pageContext) : null,
    bitbucket: { href: timeLine.url, text: words.openInBitbucket, isOutside: true },
    bar: buildPhaseBar(timeLine),
    phases: buildPhaseRows(timeLine, pageContext),
    usualText: words.phases.usual(timeLine.usual.n),
    // Each with why its text is `—`, or what it means.
    facts: buildFacts(timeLine),
    events: buildEvents(timeLine, pageContext.timezone),
    corrections: timeLine.corrections,
    incidents: buildIncidentLines(
      incidents,
      { repositoryUuid: repository?.uuid ?? '', number: timeLine.number },
      buildRowContext(pageContext, links).toTimeLineHref,
    ),
    deployment: buildDeployment(timeLine, pageContext, links),
  };
}

function formatAbout({ author, openedAt, destination }: PullRequestTimeLine, timezone: string): string {
  const by = author === null ? words.unknownAuthor : (author.displayName ?? words.deletedAccount);
  return words.about(by, formatDateTime(openedAt, timezone), destination);
}

/** A row for each piece of its life, in order; the same phase can come again. */
function buildPhaseRows(timeLine: PullRequestTimeLine, { timezone }: PageContext) {
  const { spans, usual, waitsIn } = timeLine;
  return spans.map((span, index) => ({
    name: phaseNames[span.phase],
    from: buildExactTime(span.startAt, timezone),
    // `null`: it goes on.
    to: waitsIn !== null && index === spans.length - 1 ? null : buildExactTime(span.endAt, timezone),
    length: formatDurationCell((span.endAt - span.startAt) / 1000),
    usual: formatDurationCell(usual.seconds[span.phase]),
  }));
}

function buildFacts({ item }: PullRequestTimeLine) {
  const sizes = item === null ? [] : buildSizeFacts(item);
  return item?.state === 'MERGED' ? [...durationKeys.map((key) => buildDurationFact(key, item)), ...sizes] : sizes;
}

function buildDurationFact(key: (typeof durationKeys)[number], item: MergedPullRequestItem) {
  const { name } = reviewWords[key];
  const seconds = item[key];
  if (seconds === null) {
    return { name, text: unknown, note: words.facts.none };
  }
  return seconds < 0
    ? { name, text: unknown, note: words.facts.contradicting }
    : { name, text: formatDurationCell(seconds), note: null };
}

function buildSizeFacts(item: NonNullable<PullRequestTimeLine['item']>) {
  const orUnknown = (value: number | null, note: string) =>
    value === null ? { text: unknown, note } : { text: formatCount(value), note: null };
  return [
    { name: words.facts.lines, ...orUnknown(item.lines_changed, words.facts.noLines) },
    { name: words.facts.commits, ...orUnknown(item.commits, words.facts.noCommits) },
    { name: words.facts.comments, text: formatCount(item.comments), note: null },
    { name: words.facts.reviews, text: formatCount(item.reviews), note: null },
  ];
}

function buildDeployment({ deployment, number }: PullRequestTimeLine, pageContext: PageContext, links: Links) {
  if (deployment === null) {
    return null;
  }
  const on = formatDateTime(deployment.at, pageContext.timezone);
  const repositoryUuid = pageContext.repository?.uuid ?? '';
  if (deployment.deployId === formatDeployId({ repositoryUuid, number })) {
    const { toReleaseHref } = buildReleaseWays(pageContext, links);
    return {
      text: words.deployment.own(on),
      link: { href: toReleaseHref(repositoryUuid, number), text: words.deployment.page(number) },
    };
  }
  const text = words.deployment.with(on);
  const deployed = nameDeployed(deployment.deployId);
  if (deployed.number === null) return { text: `${text} ${deployed.name}.`, link: null };
  const href = buildRowContext(pageContext, links).toTimeLineHref(repositoryUuid, deployed.number);
  return { text, link: { href, text: deployed.name } };
}
