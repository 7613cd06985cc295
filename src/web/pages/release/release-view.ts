import { formatDeployId, parseDeployId } from '../../../domain/deployments/deploy-id';
import type { Incident } from '../../../domain/incidents/incident';
import type { Release } from '../../../reporting/delivery/read-release';
import type { ReleaseItem } from '../../../reporting/delivery/release-items';
import { formatDateTime, formatLocalDate } from '../../presentation/format/dates';
import type { LinkView } from '../../presentation/format/links';
import { toQuery } from '../../presentation/filter/page-filter';
import type { PageContext } from '../../presentation/frame/page-context';
import { findSettings, joinPrintLine } from '../../presentation/frame/shell-view';
import { buildTabs } from '../../presentation/frame/tabs-view';
import { buildOutcomeMarks, findLength, formatPerson, type FindOutcome } from '../../presentation/releases/outcome';
import { buildReleaseEdits, type ReleaseEditing } from '../../presentation/releases/release-edits';
import { buildReleaseWays, type ReleaseWays } from '../../presentation/releases/release-ways';
import { buildStory, type ToldEvent } from '../../presentation/releases/story-view';
import type { Links } from '../../routing/paths';
import { formatLongDay } from '../day/words';
import { buildCommits } from './release-commits';
import { buildReleaseFacts } from './release-facts';
import { releasePageWords } from './words';

/** All that the page of a release is made of. */
export interface ReleaseMaterial extends ReleaseEditing {
  readonly pageContext: PageContext;
  /** Its slug. */
  readonly workspace: string;
  readonly release: Release;
  /** The events that it is part of. */
  readonly told: readonly ToldEvent[];
  readonly findOutcome: FindOutcome;
}

/** Words and links of a release; pure. */
export function buildReleaseView(material: ReleaseMaterial, links: Links) {
  const { pageContext, release, findOutcome } = material;
  const { item, isLeftOut } = release;
  const { place, timezone, repository } = pageContext;
  const ways = buildReleaseWays(pageContext, links);
  const outcome = findOutcome(item.deployId);
  const edits = buildReleaseEdits(item, { ...material, timezone });
  return {
    words: releasePageWords,
    title: item.title,
    tabs: buildTabs(
      { ...pageContext, place: { ...place, name: 'deployments' }, settings: findSettings(pageContext) },
      links,
    ),
    print: joinPrintLine(pageContext, material.workspace, [`#${item.number}`]),
    trail: buildTrail(item, pageContext, links),
    about: releasePageWords.about(item, formatDateTime(item.deployedAt, timezone), formatPerson(item.author)),
    marks: [
      ...buildOutcomeMarks(outcome),
      ...(isLeftOut ? [{ word: releasePageWords.leftOut, tone: 'neutral' } as const] : []),
    ],
    // The line of the correction says more, where there is one.
    leftOut: isLeftOut && edits.lines.length === 0 ? releasePageWords.leftOutText : null,
    bitbucket: { href: item.url, text: releasePageWords.inBitbucket(item.number), isOutside: true },
    timeLine: { href: ways.toTimeLineHref(item.system.uuid, item.number), text: releasePageWords.timeLine },
    editing: material.editing,
    ...edits,
    outcome: buildOutcomeLines(material, ways),
    facts: buildReleaseFacts(release, pageContext),
    commits: buildCommits(item, { timezone, repositoryUrl: repository?.url ?? '' }),
    stories: buildStories(material, ways),
    ...buildNeighbours(release, ways),
  };
}

/** All deployments, and those of its day. */
function buildTrail(
  { deployedAt }: ReleaseItem,
  { page, timezone, repository }: PageContext,
  links: Links,
): LinkView[] {
  const query = { repository: repository?.uuid ?? null, ...toQuery(page, { sort: null }) };
  const day = formatLocalDate(deployedAt, timezone);
  return [
    { href: links.page('deployments', query), text: releasePageWords.deployments },
    { href: links.page('day', { ...query, day }), text: formatLongDay(day) },
  ];
}

/** A sentence of what became of it, or of what it ended; with the way to the other deployment. */
interface OutcomeLine {
  readonly text: string;
  readonly link: LinkView | null;
  readonly rest: string;
}

function buildOutcomeLines(
  { release, told, findOutcome, pageContext }: ReleaseMaterial,
  ways: ReleaseWays,
): OutcomeLine[] {
  const { failures, ended } = findOutcome(release.item.deployId);
  const releases = new Map(told.flatMap((one) => [...one.releases]));
  const toLine = (text: string, id: string | null): OutcomeLine => {
    const link = buildLink(id, releases, ways);
    return link === null ? { text, link, rest: ` ${releasePageWords.endedElsewhere}.` } : { text, link, rest: '.' };
  };
  const lines = [
    ...failures.map((incident) => buildFailure(incident, toLine)),
    ...ended.map((incident) =>
      incident.deployId === null
        ? plain(releasePageWords.recoveredUnlinked(formatDateTime(incident.createdAt, pageContext.timezone)))
        : toLine(releasePageWords.recovered(findLength(incident)), incident.deployId),
    ),
  ];
  return lines.length === 0 ? [plain(releasePageWords.noFailure)] : lines;
}

function plain(text: string): OutcomeLine {
  return { text, link: null, rest: '' };
}

function buildFailure(incident: Incident, toLine: (text: string, id: string | null) => OutcomeLine): OutcomeLine {
  const { failed, notEnded, revertedBy, fixedBy } = releasePageWords;
  if (incident.resolvedAt === null) return plain(failed(notEnded));
  const by = incident.source === 'revert' ? revertedBy : fixedBy;
  return toLine(failed(by(findLength(incident))), incident.fixDeployId ?? incident.incidentId);
}

/** To the page of a release by its title; of what is no deployment that counts, by its number; `null`: not shown. */
function buildLink(
  id: string | null,
  releases: ReadonlyMap<string, ReleaseItem>,
  { toReleaseHref }: ReleaseWays,
): LinkView | null {
  const parts = parseDeployId(id ?? '');
  if (parts === null) return null;
  const title = releases.get(formatDeployId(parts))?.title;
  const name = `#${parts.number}`;
  return {
    href: toReleaseHref(parts.repositoryUuid, parts.number),
    text: title === undefined ? name : `${title} (${name})`,
  };
}

/** The events of several failures that it is part of; a single one is told by the outcome. */
function buildStories({ release, told, findOutcome }: ReleaseMaterial, ways: ReleaseWays) {
  const { deployId } = release.item;
  const isForemost = (one: { readonly deployId: string | null }) => one.deployId === deployId;
  return told
    .filter(({ event }) => event.incidents.length > 1)
    .map((one) => {
      const story = buildStory(one, { ...ways, findOutcome, isForemost });
      return { ...story, title: releasePageWords.partOf(story.title) };
    });
}

function buildNeighbours({ previous, next }: Release, { toReleaseHref }: ReleaseWays) {
  const build = (item: ReleaseItem | null, format: (title: string) => string): LinkView | null =>
    item === null ? null : { href: toReleaseHref(item.system.uuid, item.number), text: format(item.title) };
  return {
    hasNeighbours: previous !== null || next !== null,
    previous: build(previous, releasePageWords.previous),
    next: build(next, releasePageWords.next),
  };
}
