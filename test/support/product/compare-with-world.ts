import type { Chance } from '../../../simulator/world/random';
import type { Workspace } from '../../../simulator/world/model';
import type { RunningProduct } from './start-product';
import { computeNaiveAccelerate } from '../naive/accelerate';
import { formatDeployId, passes, type NaiveIncident, type NaiveMerge, type NaiveQuestion } from '../naive/facts';
import type { NaiveFacts } from '../naive/read-world';

interface Page {
  readonly items: readonly Record<string, unknown>[];
  readonly next: string | null;
}

type Api = Pick<RunningProduct, 'api' | 'get' | 'openPage'>;

/** Everything the API lists under a range, page by page. */
export async function listAll(api: Api, route: string, query: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let cursor = '';
  do {
    const page = await api.get<Page>(`${route}?${query}&limit=500${cursor}`);
    items.push(...page.items);
    cursor = page.next === null ? '' : `&cursor=${encodeURIComponent(page.next)}`;
  } while (cursor !== '');
  return items;
}

const toTime = (at: number): string => new Date(at).toISOString();
const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** A deployment as the API should list it, without the address. */
export function toItem(one: NaiveMerge): Record<string, unknown> {
  const changes = one.changes.map(({ changeId, createdAt }) => ({
    change_id: changeId,
    time_created: toTime(createdAt),
  }));
  return {
    deploy_id: formatDeployId(one),
    system: one.system,
    time_created: toTime(one.mergedAt),
    changes: changes.sort((a, b) => byText(a.time_created, b.time_created) || byText(a.change_id, b.change_id)),
    teams: one.teams,
    source: 'pull_request',
    complete: one.isComplete,
  };
}

export function toIncidentItem(one: NaiveIncident): Record<string, unknown> {
  return {
    incident_id: formatDeployId(one.fix),
    system: one.fix.system,
    time_created: toTime(one.createdAt),
    time_resolved: toTime(one.resolvedAt),
    source: one.source,
    deploy_id: one.blamed === null ? null : formatDeployId(one.blamed),
    fix_deploy_id: formatDeployId(one.fix),
  };
}

export function without(items: readonly Record<string, unknown>[], ...names: string[]): Record<string, unknown>[] {
  return items.map((item) => Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name))));
}

/** Newest first, then the greater id. */
export function inOrder(items: Record<string, unknown>[], id: 'deploy_id' | 'incident_id'): Record<string, unknown>[] {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return items.sort(
    (one, other) =>
      byText(text(other['time_created']), text(one['time_created'])) || byText(text(other[id]), text(one[id])),
  );
}

const zones = [
  ...['UTC', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Asia/Kolkata'],
  ...['Pacific/Apia', 'Africa/Cairo'],
];

/** A question over a workspace and the days around its history. */
export function drawQuestion(chance: Chance, workspace: Workspace, until: number): NaiveQuestion {
  const last = chance.between(-10, 230);
  const length = chance.pick([1, 7, 30, 31, 90, 200, 365]);
  const day = (before: number): string => toTime(until - before * 86_400_000).slice(0, 10);
  const repositories = [...workspace.repositories.values()];
  const teams = workspace.groups.filter(({ memberUuids }) => memberUuids.length > 1).map(({ slug }) => slug);
  const drawSome = <T>(all: readonly T[]): T[] => (chance.happens(0.4) ? [] : all.filter(() => chance.happens(0.5)));
  const span = {
    from: day(last + length - 1),
    to: day(last),
    interval: chance.pick(['day', 'week', 'month'] as const),
  };
  const zone = chance.pick(zones);
  const systems = drawSome(repositories.map(({ uuid, slug }) => (chance.happens(0.5) ? uuid : slug)));
  // Nothing chosen is everything.
  return { ...span, zone, systems: systems.length === 0 ? null : systems, teams: drawSome(teams) };
}

/** A question as the query of an address. */
export function toQueryOf(question: NaiveQuestion): string {
  const query = new URLSearchParams({ from: question.from, to: question.to, interval: question.interval });
  question.systems?.forEach((system) => query.append('system', system));
  question.teams.forEach((team) => query.append('team', team));
  return query.toString();
}

/** The report of the API, and without what no question changes. */
async function askReport(api: Pick<Api, 'get'>, question: NaiveQuestion) {
  const report = await api.get<Record<string, unknown>>(`/metrics/accelerate?${toQueryOf(question)}`);
  const { incomplete_deployments, undated_merges } = report['completeness'] as Record<string, number>;
  const asked = { ...without([report], 'workspace', 'completeness')[0], incomplete_deployments, undated_merges };
  return { report, asked };
}

/** Sets the time zone as an administrator does, on the settings page. */
export async function setZone(api: Api, session: string, zone: string): Promise<void> {
  const { status } = await api.api('/settings', { method: 'PATCH', session, body: { timezone: zone } });
  if (status !== 200) throw new Error(`The time zone was not taken: ${status}`);
}

/** In the JSON of docs/contract.md, 4, without `workspace` and with the part of `completeness` under filters. */
function toReport(facts: NaiveFacts, question: NaiveQuestion): Record<string, unknown> {
  const { metrics, overall, incomplete } = computeNaiveAccelerate(facts, question);
  return {
    range: toRange(question),
    ...metrics,
    level: { table: 'dora-2021', overall },
    incomplete_deployments: incomplete,
    undated_merges: facts.undated.filter((one) => passes(one, question)).length,
  };
}

export function toRange({ from, to, zone, interval }: NaiveQuestion): Record<string, unknown> {
  return { from, to, timezone: zone, interval };
}

/** Delivery performance of the API beside the naive one, for a test to compare; in the zone that is set. */
export async function answerBothDeliveries(api: Pick<Api, 'get'>, facts: NaiveFacts, question: NaiveQuestion) {
  const { report, asked: found } = await askReport(api, question);
  return { report, found: cutDigits(found), expected: cutDigits(toReport(facts, question)) };
}

/**
 * Sums in another order differ in their last digits; twelve are compared. The nudge moves what lies exactly between two
 * roundings, as means of few milliseconds do, to one side of it.
 */
export function cutDigits(value: unknown): unknown {
  if (typeof value === 'number') return Number((value * (1 + 1e-13)).toPrecision(12));
  if (Array.isArray(value)) return value.map(cutDigits);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cutDigits(one)]));
}
