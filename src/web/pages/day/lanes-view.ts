import { findDayStart } from '../../../domain/calendar/time-zone';
import { toDayNumber } from '../../../domain/calendar/civil-day';
import type { Incident } from '../../../domain/incidents/incident';
import { parseDeployId } from '../../../domain/deployments/deploy-id';
import type { ReleaseItem } from '../../../reporting/delivery/release-items';
import { buildClockTime } from '../../presentation/releases/clock-time';
import { buildOutcomeMarks, findLength, type FindOutcome } from '../../presentation/releases/outcome';
import { laneWords } from './words';

/** A local day as instants: one of 23 or 25 hours is as long as it is. */
export interface DaySpan {
  readonly day: string;
  readonly startAt: number;
  /** Exclusive. */
  readonly endAt: number;
  readonly timezone: string;
}

/** What is drawn of a day. */
export interface LanesMaterial {
  readonly span: DaySpan;
  readonly now: number;
  readonly releases: readonly ReleaseItem[];
  /** Those that pass the filters and reach into the day. */
  readonly incidents: readonly Incident[];
  readonly findOutcome: FindOutcome;
  readonly toName: (repositoryUuid: string) => string;
}

/** More lanes than these are a table. */
const mostLanes = 30;
/** So many are told in the words of a lane. */
const mostTold = 12;
/** Of a title in a drawing. */
const longestTitle = 80;
const hour = 3_600_000;
const half = hour / 2;

export function toDaySpan(day: string, timezone: string): DaySpan {
  const number = toDayNumber(day) ?? 0;
  return { day, timezone, startAt: findDayStart(number, timezone), endAt: findDayStart(number + 1, timezone) };
}

/** The day from its first hour to its last, a lane a repository; `null`: nothing happened. */
export function buildLanes(material: LanesMaterial) {
  const { releases, incidents, span, now } = material;
  const uuids = [...new Set([...releases.map(({ system }) => system.uuid), ...incidents.map(toRepository)])];
  if (uuids.length === 0) return null;
  const lanes = uuids.map((uuid) => buildLane(uuid, material)).toSorted(compareLanes);
  const others = Math.max(0, lanes.length - mostLanes);
  return {
    key: laneWords.key,
    lanes: lanes.slice(0, mostLanes),
    hours: listHours(span),
    // Of a day that is not over nothing is known behind this.
    until: toPercent(now, span),
    others: others === 0 ? null : laneWords.otherLanes(others),
  };
}

/** A failure stands in the lane of the deployment that failed. */
function toRepository({ deployId, repositoryUuid }: Incident): string {
  return parseDeployId(deployId ?? '')?.repositoryUuid ?? repositoryUuid;
}

type Lane = ReturnType<typeof buildLane>;

function buildLane(uuid: string, { span, now, releases, incidents, findOutcome, toName }: LanesMaterial) {
  const own = releases.filter(({ system }) => system.uuid === uuid);
  const failures = incidents.filter((incident) => toRepository(incident) === uuid);
  const marks = own.map(({ deployId, deployedAt, title }) => {
    const outcome = findOutcome(deployId);
    const words = buildOutcomeMarks(outcome).map(({ word }) => word);
    return {
      isFailed: outcome.failures.length > 0,
      isFix: outcome.failures.length === 0 && outcome.ended.length > 0,
      x: toPercent(deployedAt, span),
      title: laneWords.mark(
        buildClockTime(deployedAt, span.timezone).clock,
        title.slice(0, longestTitle).toWellFormed(),
        words.length === 0 ? null : words.join(', '),
      ),
    };
  });
  const told = marks.slice(0, mostTold).map(({ title }) => title);
  const name = toName(uuid);
  return {
    name,
    // What is foremost is drawn last.
    marks: marks.toSorted((one, other) => toDepth(one) - toDepth(other)),
    bars: failures.map((incident) => buildBar(incident, span, now)),
    label: laneWords.label(name, told.length === 0 ? [laneWords.failing] : told, marks.length - told.length),
  };
}

function toDepth({ isFailed, isFix }: { readonly isFailed: boolean; readonly isFix: boolean }): number {
  return Number(isFix) + 2 * Number(isFailed);
}

function buildBar(incident: Incident, span: DaySpan, now: number) {
  const from = Math.max(span.startAt, Math.min(span.endAt, incident.createdAt));
  const to = Math.max(from, Math.min(span.endAt, incident.resolvedAt ?? now));
  const width = ((to - from) / (span.endAt - span.startAt)) * 100;
  return { x: toPercent(from, span), width: `${width.toFixed(2)}%`, title: laneWords.bar(findLength(incident)) };
}

/** Lanes with failures first, then the fullest, then by name. */
function compareLanes(one: Lane, other: Lane): number {
  const rank = ({ bars, marks }: Lane) => (bars.length > 0 || marks.some(({ isFailed }) => isFailed) ? 0 : 1);
  return rank(one) - rank(other) || other.marks.length - one.marks.length || one.name.localeCompare(other.name);
}

function toPercent(at: number, { startAt, endAt }: DaySpan): string {
  const share = (Math.max(startAt, Math.min(endAt, at)) - startAt) / (endAt - startAt);
  return `${(share * 100).toFixed(2)}%`;
}

/** Every third hour that a clock shows, at its first time; a clock that jumps over one shows it not at all. */
function listHours(span: DaySpan) {
  const seen = new Set<string>();
  const hours: { readonly x: string; readonly text: string; readonly isExtra: boolean }[] = [];
  for (let at = span.startAt; at < span.endAt; at += half) {
    const { clock } = buildClockTime(at, span.timezone);
    const number = Number(clock.slice(0, 2));
    if (!clock.endsWith(':00') || number % 3 !== 0 || seen.has(clock)) continue;
    seen.add(clock);
    hours.push({ x: toPercent(at, span), text: clock, isExtra: number % 6 !== 0 });
  }
  return [...hours, { x: '100%', text: '24:00', isExtra: false }];
}
