import type { FailureEvent } from '../../../domain/incidents/group-failures';
import type { Incident } from '../../../domain/incidents/incident';
import { parseDeployId } from '../../../domain/deployments/deploy-id';
import { isWithheld } from '../../../reporting/delivery/withhold';
import type { ReleaseItem } from '../../../reporting/delivery/release-items';
import type { LinkView } from '../format/links';
import { buildClockTime, type ClockTime } from './clock-time';
import type { MarkView } from '../rows/row-cell';
import {
  buildNumberLink,
  buildOutcomeMarks,
  findLength,
  formatPerson,
  type FindOutcome,
  type NumberLink,
} from './outcome';
import { releaseWords, storyWords } from './release-words';
import type { ReleaseWays } from './release-ways';

/** An event with the words of what it names. */
export interface ToldEvent {
  readonly event: FailureEvent;
  /** Those that are listed, in order: of a long event the ones near what the page is about. */
  readonly listed: readonly Incident[];
  readonly releases: ReadonlyMap<string, ReleaseItem>;
  readonly repositoryName: string;
}

export interface StoryContext extends ReleaseWays {
  readonly findOutcome: FindOutcome;
  /** What of it is told foremost: the page's day, or its release. */
  readonly isForemost: (moment: { readonly at: number; readonly deployId: string | null }) => boolean;
}

/** One thing that happened. */
interface StoryEntry {
  readonly at: number;
  readonly time: ClockTime;
  /** A way to its page, or a text where there is none. */
  readonly link: LinkView | null;
  readonly text: string | null;
  readonly marks: readonly MarkView[];
  readonly bitbucket: NumberLink | null;
  /** "Ivo · Recovered after 5 h 28 min". */
  readonly note: string;
  readonly isForemost: boolean;
}

/** The most incidents that are listed of one event. */
export const mostListed = 20;

/** Failures of one repository as what they are together: name, length, and each failure and fix in order. */
export function buildStory(told: ToldEvent, context: StoryContext) {
  const { event, listed, releases, repositoryName } = told;
  const others = event.incidents.length - listed.length;
  return {
    /** The same event has the same name in every address. */
    id: `event-${event.beginsAt}-${parseDeployId(event.incidents[0]?.incidentId ?? '')?.number ?? 0}`,
    title: findTitle(event, releases) ?? storyWords.titleOfSeveral(countFigures(event), repositoryName),
    state: event.endsAt === null ? goesOn : ended,
    span: formatSpan(event, context.timezone),
    sentence: formatSentence(event),
    entries: listEntries(told, context),
    others: others > 0 ? storyWords.others(others) : null,
  };
}

const ended: MarkView = { word: releaseWords.ended, tone: 'neutral' };
const goesOn: MarkView = { word: releaseWords.notEnded, tone: 'danger' };

function formatSpan({ beginsAt, endsAt }: FailureEvent, timezone: string): string {
  const format = (at: number) => buildClockTime(at, timezone).text;
  const length = findLength({ createdAt: beginsAt, resolvedAt: endsAt });
  return storyWords.span(format(beginsAt), endsAt === null ? null : format(endsAt), length);
}

function countFigures({ incidents, failed }: FailureEvent) {
  const reverts = incidents.filter(({ source, resolvedAt }) => source === 'revert' && resolvedAt !== null).length;
  const resolved = incidents.filter(({ resolvedAt }) => resolvedAt !== null).length;
  return { failures: incidents.length, failed: failed.length, reverts, fixes: resolved - reverts };
}

/** A single failure goes by the title of what failed, or of what ended it. */
function findTitle({ incidents }: FailureEvent, releases: ToldEvent['releases']): string | null {
  const [only] = incidents;
  if (only === undefined || incidents.length > 1) return null;
  return (releases.get(only.deployId ?? '') ?? releases.get(only.fixDeployId ?? ''))?.title ?? null;
}

function formatSentence(event: FailureEvent): string {
  const [only] = event.incidents;
  if (event.incidents.length > 1) return storyWords.ofSeveral(countFigures(event), event.endsAt !== null);
  return only?.deployId === null ? storyWords.ofOneUnlinked : storyWords.ofOne;
}

/** Each deployment once, however many incidents name it; in the order of time. */
function listEntries({ listed, releases }: ToldEvent, context: StoryContext): StoryEntry[] {
  const ids = new Set(listed.flatMap(({ deployId, fixDeployId }) => [deployId ?? [], fixDeployId ?? []].flat()));
  const told = [...ids].flatMap((id) => {
    const item = releases.get(id);
    return item === undefined ? [] : [tellRelease(item, listed, context)];
  });
  const untold = listed.filter(({ fixDeployId }) => !releases.has(fixDeployId ?? ''));
  return [...told, ...untold.map((incident) => tellIncident(incident, context))].sort((a, b) => a.at - b.at);
}

function tellRelease(item: ReleaseItem, listed: readonly Incident[], context: StoryContext): StoryEntry {
  const { deployId, deployedAt, system, number, title, author } = item;
  const ofStory = ({ incidentId }: Incident) => listed.some((one) => one.incidentId === incidentId);
  const { failures, ended } = context.findOutcome(deployId);
  const outcome = { failures: failures.filter(ofStory), ended: ended.filter(ofStory) };
  return {
    at: deployedAt,
    time: buildClockTime(deployedAt, context.timezone),
    link: { href: context.toReleaseHref(system.uuid, number), text: title },
    text: null,
    marks: buildOutcomeMarks(outcome),
    bitbucket: buildNumberLink(item),
    note: [formatPerson(author), ...outcome.ended.map((incident) => formatEnded(incident, context))].join(' · '),
    isForemost: context.isForemost({ at: deployedAt, deployId }),
  };
}

function formatEnded(incident: Incident, { timezone }: StoryContext): string {
  return incident.deployId === null
    ? releaseWords.unlinked(buildClockTime(incident.createdAt, timezone).text)
    : releaseWords.recovered(findLength(incident));
}

/** One whose end may not be seen, goes on, or is no deployment that counts. */
function tellIncident(incident: Incident, context: StoryContext): StoryEntry {
  const at = incident.resolvedAt ?? incident.createdAt;
  const number = isWithheld(incident.incidentId) ? null : (parseDeployId(incident.incidentId)?.number ?? null);
  return {
    at,
    time: buildClockTime(at, context.timezone),
    link: null,
    text: number === null ? releaseWords.elsewhere : `#${number}`,
    marks: [],
    bitbucket: null,
    note: [
      ...(number === null ? [] : [releaseWords.notCounted]),
      incident.resolvedAt === null ? releaseWords.notEnded : releaseWords.recovered(findLength(incident)),
    ].join(' · '),
    isForemost: context.isForemost({ at, deployId: incident.fixDeployId }),
  };
}
