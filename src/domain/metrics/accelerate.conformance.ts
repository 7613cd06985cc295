import { deploymentsOf } from '../../../test/support/builders';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { intervals, type Interval } from '../calendar/bucket';
import { toDateRange } from '../calendar/date-range';
import { findIncidents } from '../incidents/find-incidents';
import { sharedFolder } from '../../../test/support/shared-folder';
import type { MergedPullRequest } from '../pull-requests/pull-request';
import { levelTables, type LevelTable } from '../settings/workspace-settings';
import { computeAccelerate } from './accelerate';
import { buildDeliveryColumns, toDeploymentOrder, toIncidentOrder } from './columns/delivery-columns';

/*
 * Every number of the report against a second calculation, written from docs/definitions.md alone: arrays of objects, its
 * own percentile, luxon's calendar, no binary search. The real pull requests are spread over three systems and four
 * teams, so that filters have something to filter.
 */

const systems = ['{app}', '{web}', '{api}'];
const teams = ['red', 'blue', 'green', 'grey'];
const zones = ['UTC', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Asia/Beirut'];
const rules = { revert: true, branchPrefixes: ['hotfix', 'VSCODE-1'], titlePrefixes: ['fix'] };

interface Line {
  pr: number;
  source_branch: string;
  title_or_description: string | null;
  merged_at: string;
  pr_author_id: string;
  commits: { hash: string; author_date: string }[];
}

function readHistory(): MergedPullRequest[] {
  const text = readFileSync(path.join(sharedFolder, 'history/merged-pull-requests-2018-2019.ndjson'), 'utf8');
  const byNumber = new Map<string, MergedPullRequest>();
  for (const row of text.split('\n').filter((one) => one !== '')) {
    const line = JSON.parse(row) as Line;
    const pullRequest = toMerged(line);
    const known = byNumber.get(`${pullRequest.repositoryUuid}${line.pr}`);
    if (known === undefined || known.mergedAt < pullRequest.mergedAt) {
      byNumber.set(`${pullRequest.repositoryUuid}${line.pr}`, pullRequest);
    }
  }
  return [...byNumber.values()];
}

/** The history does not tell the branches: a few are taken for merges into another. */
const isDeployment = (number: number): boolean => number % 11 !== 0;

function toMerged(line: Line): MergedPullRequest {
  const author = Number.parseInt(line.pr_author_id.slice(0, 6), 16);
  return {
    repositoryUuid: systems[Math.floor(line.pr / 60) % systems.length] ?? '',
    number: line.pr,
    title: line.title_or_description ?? '',
    sourceBranch: line.source_branch,
    openedAt: Date.parse(line.merged_at) - 3_600_000,
    mergedAt: Date.parse(line.merged_at),
    destinationBranch: isDeployment(line.pr) ? 'main' : 'release',
    defaultBranchAtMerge: 'main',
    changes: line.commits.map((commit) => ({ changeId: commit.hash, createdAt: Date.parse(commit.author_date) })),
    isComplete: line.commits.length > 0,
    teams: teams.filter((_, index) => ((author >> index) & 1) === 1),
    teamsAsOf: 'import',
    authorUuid: line.pr_author_id,
  };
}

interface NaiveIncident {
  created: number;
  resolved: number;
  blamed: MergedPullRequest | null;
  fix: MergedPullRequest;
}

function isNamed(one: MergedPullRequest): boolean {
  const [branch, title] = [(one.sourceBranch ?? '').toLowerCase(), one.title.toLowerCase()];
  return (
    rules.branchPrefixes.some((prefix) => branch.indexOf(prefix.toLowerCase()) === 0) ||
    rules.titlePrefixes.some((prefix) => title.indexOf(prefix.toLowerCase()) === 0)
  );
}

function findCreated(fix: MergedPullRequest, target: MergedPullRequest | undefined): number {
  const dates = fix.changes.map((change) => change.createdAt);
  return target?.mergedAt ?? (dates.length > 0 ? Math.min(...dates) : fix.openedAt);
}

function toNaiveIncident(fix: MergedPullRequest, all: MergedPullRequest[]): NaiveIncident[] {
  const reverted = /^revert-pr-([0-9]+)/.exec((fix.sourceBranch ?? '').toLowerCase())?.[1];
  if (reverted === undefined && !isNamed(fix)) return [];
  const same = all.filter((one) => one.repositoryUuid === fix.repositoryUuid && one !== fix);
  const target = same.find((one) => reverted !== undefined && one.number === Number(reverted));
  const created = findCreated(fix, target);
  const before = same.filter((one) => isDeployment(one.number) && one.mergedAt <= created);
  before.sort((a, b) => b.mergedAt - a.mergedAt || b.number - a.number);
  return [
    {
      created,
      resolved: fix.mergedAt,
      blamed: target !== undefined && isDeployment(target.number) ? target : (before[0] ?? null),
      fix,
    },
  ];
}

function findNaiveIncidents(all: MergedPullRequest[]): NaiveIncident[] {
  return all.filter((one) => isDeployment(one.number)).flatMap((fix) => toNaiveIncident(fix, all));
}

function percentile(values: number[], p: number): number | null {
  const x = [...values].sort((a, b) => a - b);
  const h = (x.length - 1) * p;
  const [low, high] = [x[Math.floor(h)], x[Math.ceil(h)]];
  return low === undefined || high === undefined ? null : low + (h - Math.floor(h)) * (high - low);
}

function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

interface Asked {
  from: string;
  to: string;
  timezone: string;
  interval: Interval;
  systems: string[];
  teams: string[];
  table: LevelTable;
}

interface Span {
  start: string;
  end: string;
}

/** 'YYYY-MM-DD' of every day between the two, both included, by luxon in UTC. */
function listDates({ start, end }: Span): DateTime[] {
  const dates: DateTime[] = [];
  for (let at = DateTime.fromISO(start, { zone: 'UTC' }); at.toISODate() !== null; at = at.plus({ days: 1 })) {
    dates.push(at);
    if (at.toISODate() === end) break;
  }
  return dates;
}

function cutNaively(asked: Asked): Span[] {
  const spans = new Map<string, Span>();
  for (const date of listDates({ start: asked.from, end: asked.to })) {
    const text = date.toISODate() ?? '';
    const key = date.startOf(asked.interval).toISODate() ?? '';
    spans.set(key, { start: spans.get(key)?.start ?? text, end: text });
  }
  return [...spans.values()];
}

const dates = new Map<string, string>();

function toDate(at: number, zone: string): string {
  const key = `${zone} ${at}`;
  const date = dates.get(key) ?? DateTime.fromMillis(at, { zone }).toISODate() ?? '';
  dates.set(key, date);
  return date;
}

function measure(facts: { deployments: MergedPullRequest[]; incidents: NaiveIncident[] }, asked: Asked, span: Span) {
  const isIn = (at: number) => {
    const date = toDate(at, asked.timezone);
    return date >= span.start && date <= span.end;
  };
  const passes = (one: MergedPullRequest) =>
    (asked.systems.length === 0 || asked.systems.includes(one.repositoryUuid)) &&
    (asked.teams.length === 0 || one.teams.some((team) => asked.teams.includes(team)));
  const rows = facts.deployments.filter((one) => isDeployment(one.number) && isIn(one.mergedAt) && passes(one));
  const pairs = rows.flatMap((row) => row.changes.map((change) => (row.mergedAt - change.createdAt) / 1000));
  const leads = pairs.filter((seconds) => seconds >= 0);
  const failed = rows.filter((row) => facts.incidents.some((incident) => incident.blamed === row)).length;
  const rework = rows.filter((row) => facts.incidents.some((incident) => incident.fix === row)).length;
  const linked = facts.incidents.filter((one) => one.blamed !== null && passes(one.blamed) && isIn(one.created));
  const recoveries = linked.map((one) => (one.resolved - one.created) / 1000);
  const good = recoveries.filter((seconds) => seconds >= 0);
  const days = listDates(span).length;
  return {
    deployment_frequency: { value: rows.length / days, deployments: rows.length, days },
    lead_time_for_changes: {
      value: percentile(leads, 0.5),
      p75: percentile(leads, 0.75),
      p95: percentile(leads, 0.95),
      n: leads.length,
      excluded: pairs.length - leads.length,
    },
    change_failure_rate: { value: share(failed, rows.length), failed, n: rows.length },
    time_to_recover: {
      value: percentile(good, 0.5),
      mean: good.length === 0 ? null : good.reduce((sum, one) => sum + one, 0) / good.length,
      n: good.length,
      unresolved: 0,
      excluded: recoveries.length - good.length,
    },
    rework_rate: { value: share(rework, rows.length), rework, n: rows.length },
    incomplete: rows.filter((row) => !row.isComplete).length,
    rows,
  };
}

const names = ['elite', 'high', 'medium', 'low'];

function levelOf(value: number | null, limits: number[], isBelow: (value: number, limit: number) => boolean) {
  if (value === null) return null;
  const index = limits.findIndex((limit) => isBelow(value, limit));
  return index < 0 ? 'low' : names[index];
}

/** The dates of each window that counts, the latest first. */
function listWindows(all: string[], length: number): string[][] {
  const left = [...all];
  const windows: string[][] = [];
  while (left.length > 0) windows.push(left.splice(-length));
  const earliest = windows.at(-1) ?? [];
  return windows.length > 1 && earliest.length < length / 2 ? windows.slice(0, -1) : windows;
}

function findNaiveFrequency(asked: Asked, rows: MergedPullRequest[]) {
  if (rows.length === 0) return null;
  const all = listDates({ start: asked.from, end: asked.to }).map((date) => date.toISODate() ?? '');
  const deployed = new Set(rows.map((row) => toDate(row.mergedAt, asked.timezone)));
  const lengths = asked.table === 'dora-2021' ? [1, 30, 182] : [1, 7, 30];
  const index = lengths.findIndex((length) => {
    const windows = listWindows(all, length);
    return windows.filter((window) => window.some((date) => deployed.has(date))).length > windows.length / 2;
  });
  return index < 0 ? 'low' : names[index];
}

function findNaiveLevels(asked: Asked, whole: ReturnType<typeof measure>) {
  const is2021 = asked.table === 'dora-2021';
  const leads = is2021 ? [3600, 7 * 86_400, 182 * 86_400] : [86_400, 7 * 86_400, 30 * 86_400];
  const failures = is2021 ? [0.15, 0.3] : [0.05, 0.1, 0.2];
  const { lead_time_for_changes: lead, change_failure_rate: failure, time_to_recover: recovery } = whole;
  const isLess = (value: number, limit: number) => value < limit;
  return [
    findNaiveFrequency(asked, whole.rows),
    lead.n < 5 ? null : levelOf(lead.value, leads, isLess),
    failure.n < 10 ? null : levelOf(failure.value, failures, (value, limit) => value <= limit),
    recovery.n < 5 ? null : levelOf(recovery.value, [3600, 86_400, 7 * 86_400], isLess),
  ];
}

it('every number of the report on real history equals a second, naive calculation', () => {
  const history = readHistory();
  expect(history.length).toBeGreaterThan(500);
  const naive = { deployments: history, incidents: findNaiveIncidents(history) };
  const deployments = deploymentsOf(history);
  const columns = buildDeliveryColumns({
    deployments: toDeploymentOrder(deployments),
    incidents: toIncidentOrder(findIncidents({ pullRequests: history, deployments }, rules)),
  });
  const asked = fc.record({
    first: fc.integer({ min: 0, max: 420 }),
    days: fc.integer({ min: 1, max: 420 }),
    timezone: fc.constantFrom(...zones),
    interval: fc.constantFrom(...intervals),
    systems: fc.subarray(systems),
    teams: fc.subarray(teams),
    table: fc.constantFrom(...levelTables),
  });
  fc.assert(
    fc.property(asked, ({ first, days, ...filter }) => {
      const start = DateTime.fromISO('2018-10-01', { zone: 'UTC' }).plus({ days: first });
      const range = { from: start.toISODate() ?? '', to: start.plus({ days: days - 1 }).toISODate() ?? '' };
      const question: Asked = { ...filter, ...range };
      const { metrics: found, ...rest } = computeAccelerate(columns, { ...question, range: toDateRange(question) });
      const whole = measure(naive, question, { start: question.from, end: question.to });
      const series = cutNaively(question).map((span) => ({ span, ...measure(naive, question, span) }));
      const levels = findNaiveLevels(question, whole);
      const metrics = [
        'deployment_frequency',
        'lead_time_for_changes',
        'change_failure_rate',
        'time_to_recover',
      ] as const;
      metrics.forEach((metric, index) => {
        expect(found[metric]).toEqual({
          ...whole[metric],
          level: levels[index],
          series: series.map((one) => ({ ...one.span, ...one[metric] })),
        });
      });
      expect(found.rework_rate).toEqual({
        ...whole.rework_rate,
        series: series.map((one) => ({ ...one.span, ...one.rework_rate })),
      });
      expect(rest.overall).toBe(names.findLast((name) => levels.includes(name)) ?? null);
      expect(rest.incompleteDeployments).toBe(whole.incomplete);
    }),
    { numRuns: 200, seed: 20_261_122 },
  );
});
