import fc from 'fast-check';
import { aMergedPullRequest, anInstant, day, deploymentsOf, hour } from '../../../test/support/builders';
import { applyCorrections } from '../corrections/apply-corrections';
import { correctColumns } from '../corrections/correct-columns';
import { correctionKinds, type Correction } from '../corrections/correction';
import { formatDeployId } from '../deployments/deploy-id';
import { findIncidents } from '../incidents/find-incidents';
import { createFindProof } from '../incidents/find-proof';
import { incidentSources, type Incident } from '../incidents/incident';
import type { MergedPullRequest } from '../pull-requests/pull-request';
import { buildMonth, toMonth, type ColumnContext } from './build-month';
import { changeMonth, recutDays, toRowId } from './change-month';
import { decodeMonth, encodeMonth } from './encode-month';
import { findIncidentColumns } from './find-incident-columns';
import type { MergedRow } from './merged-row';
import type { DeploymentReferences, MonthColumns, WorkspaceColumns } from './month-columns';
import { Names } from './names';
import { readPacked, type PackedColumn } from './packed-column';

const rules = { revert: true, branchPrefixes: ['hotfix/'], titlePrefixes: ['fix:'] };
const zones = ['UTC', 'Pacific/Apia', 'Europe/Berlin'];
const repositories = ['{a}', '{b}'];
const findProof = createFindProof(rules);

/** Often the same instants, numbers that sort otherwise as text, and a month's border close by. */
const moment = fc.integer({ min: 0, max: 30 }).map((steps) => Date.UTC(2026, 9, 30) + steps * 6 * hour);
const pullRequest: fc.Arbitrary<MergedPullRequest> = fc
  .record({
    repositoryUuid: fc.constantFrom(...repositories),
    number: fc.integer({ min: 1, max: 12 }),
    mergedAt: moment,
    sourceBranch: fc.constantFrom('feature/x', 'hotfix/x', 'revert-pr-3', 'revert-pr-11', null),
    destinationBranch: fc.constantFrom('main', 'main', 'develop'),
    ages: fc.array(fc.constantFrom(-hour, 0, 1, hour, 3 * day, 60 * day, 900 * day), { maxLength: 3 }),
    isComplete: fc.boolean(),
    teams: fc.constantFrom([], ['core'], ['core', 'web']),
  })
  .map(({ ages, ...rest }) =>
    aMergedPullRequest({
      ...rest,
      openedAt: rest.mergedAt - day,
      changes: ages.map((age, index) => ({ changeId: `${index}`, createdAt: rest.mergedAt - age })),
    }),
  );
const world = fc.uniqueArray(pullRequest, { maxLength: 20, selector: (one) => formatDeployId(one) });

function toRow(one: MergedPullRequest): MergedRow {
  const [deployment = null] = deploymentsOf([one]);
  const seconds = (one.mergedAt - one.openedAt) / 1000;
  const durations = { timeToOpen: null, timeToMerge: seconds, timeToFirstReview: -0.001, timeToFirstApproval: null };
  const ends = { firstToLastApproval: 9_000_000_000.123, lastApprovalToMerge: 0 };
  const sizes = { linesChanged: one.number * 300, commits: null, comments: 1, reviews: 0 };
  const idle = { coding: 0, draft: 0, waiting_for_first_review: seconds, in_review: 0, waiting_for_author: 0 };
  const phases = { ...idle, approved: 0, in_merge_queue: 0, waiting_for_deployment: 0 };
  const review = { ...durations, ...ends, ...sizes, phases };
  const { repositoryUuid, number, mergedAt, isComplete, teams } = one;
  return { repositoryUuid, number, mergedAt, isComplete, teams, review, deployment, proof: findProof(one) };
}

function build(all: readonly MergedPullRequest[], timezone = 'UTC', names = new Names()): WorkspaceColumns {
  const months = buildMonths(all.map(toRow), { names, timezone });
  return { names, timezone, months, incidents: findIncidentColumns({ names, months }, null) };
}

function buildMonths(rows: readonly MergedRow[], context: ColumnContext): MonthColumns[] {
  const months = [...new Set(rows.map(({ mergedAt }) => toMonth(mergedAt)))].toSorted();
  const of = (month: string) => rows.filter(({ mergedAt }) => toMonth(mergedAt) === month);
  return months.map((month) => buildMonth(month, of(month), context));
}

/** The numbers themselves, however many bytes each takes. */
function toPlain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return [...(value as Uint8Array)];
  if (typeof value !== 'object' || value === null) return value;
  if ('elsewhere' in value) return toNumbers(value as PackedColumn);
  return Object.fromEntries(Object.entries(value).map(([name, part]: [string, unknown]) => [name, toPlain(part)]));
}

function toNumbers(column: PackedColumn): number[] {
  return [...column.values.keys()].map((row) => readPacked(column, row));
}

function toIncidents({ incidents, names }: WorkspaceColumns): Incident[] {
  const nameOf = (system: number, number: number): string =>
    formatDeployId({ repositoryUuid: names.systems[system] ?? '', number });
  const refer = ({ number, system }: DeploymentReferences, index: number): string | null =>
    number[index] === 0 ? null : nameOf(system[index] ?? 0, number[index] ?? 0);
  return [...incidents].flatMap(([system, some]) =>
    [...some.number].map((number, index) => ({
      incidentId: nameOf(system, number),
      repositoryUuid: names.systems[system] ?? '',
      createdAt: some.createdAt[index] ?? 0,
      resolvedAt: some.resolvedAt[index] ?? null,
      source: incidentSources[some.source[index] ?? 0] ?? 'revert',
      deployId: refer(some.blamed, index),
      fixDeployId: refer(some.fix, index),
    })),
  );
}

const byId = (incidents: readonly Incident[]): Incident[] =>
  incidents.toSorted((a, b) => (a.incidentId < b.incidentId ? -1 : 1));

it('a month that changes is the month that is built anew, in any zone', () => {
  fc.assert(
    fc.property(world, world, fc.constantFrom(...zones), (before, after, timezone) => {
      const inOctober = (all: readonly MergedPullRequest[]) => all.filter((one) => toMonth(one.mergedAt) === '2026-10');
      const [old, put] = [inOctober(before), inOctober(after)];
      const names = new Names(build([...old, ...put]).names);
      const ids = new Set(put.map((one) => formatDeployId(one)));
      const dropped = old.filter((one) => !ids.has(formatDeployId(one))).slice(0, 2);
      const drop = new Set(dropped.map((one) => toRowId(names.toSystem(one.repositoryUuid), one.number)));
      const month = buildMonth('2026-10', old.map(toRow), { names, timezone });
      const change = { month: '2026-10', drop: { merges: drop, deployments: drop }, put: put.map(toRow) };
      const kept = old.filter((one) => !ids.has(formatDeployId(one)) && !dropped.includes(one));
      const anew = buildMonth('2026-10', [...kept, ...put].map(toRow), { names, timezone });
      const changed = changeMonth(month, change, { names, timezone });
      expect(toPlain(changed)).toEqual(anew.merges.count === 0 ? null : toPlain(anew));
      expect(toPlain(recutDays(month, 'UTC'))).toEqual(
        toPlain(buildMonth('2026-10', old.map(toRow), { names, timezone: 'UTC' })),
      );
    }),
    { numRuns: 100, seed: 1 },
  );
});

it('a month is read from its bytes as it was, and damaged bytes are no month', () => {
  fc.assert(
    fc.property(world, fc.nat(), (all, place) => {
      const [month] = build(all).months;
      if (month === undefined) return;
      const bytes = encodeMonth(month);
      expect(decodeMonth(month.month, bytes)).toEqual(month);
      expect(decodeMonth('1999-01', bytes)).toBeNull();
      expect(decodeMonth(month.month, bytes.subarray(0, Math.min(place, bytes.length - 8)))).toBeNull();
    }),
    { numRuns: 20, seed: 2 },
  );
});

it('incidents are those that are found in the facts', () => {
  fc.assert(
    fc.property(world, (all) => {
      const found = findIncidents({ pullRequests: all, deployments: deploymentsOf(all) }, rules);
      const columns = build(all);
      expect(byId(toIncidents(columns))).toEqual(byId(found));
      const [first = -1] = columns.incidents.keys();
      expect(findIncidentColumns(columns, new Set([first])).get(first)).toEqual(columns.incidents.get(first));
    }),
    { numRuns: 100, seed: 3 },
  );
});

it('corrections do to columns what they do to facts', () => {
  const id = fc.record({ repositoryUuid: fc.constantFrom(...repositories), number: fc.integer({ min: 1, max: 12 }) });
  const correction = fc.record({
    kind: fc.constantFrom(...correctionKinds),
    subject: id.map(formatDeployId),
    target: fc.option(id.map(formatDeployId), { nil: null }),
    undoneAt: fc.constantFrom(null, null, anInstant),
    madeAt: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(world, fc.array(correction, { maxLength: 6 }), (all, made) => {
      const corrections = made.map((one, index): Correction => ({
        ...one,
        id: `${index}`,
        reason: '',
        madeBy: null,
        undoneBy: null,
      }));
      const deployments = deploymentsOf(all);
      const incidents = findIncidents({ pullRequests: all, deployments }, rules);
      const expected = applyCorrections({ pullRequests: all, deployments, incidents }, corrections);
      const raw = build(all);
      const { columns, effective } = correctColumns(raw, corrections);
      expect(effective).toEqual(expected.effective);
      expect(byId(toIncidents(columns))).toEqual(byId(expected.incidents));
      const ids = new Set(expected.deployments.map(({ deployId }) => deployId));
      const kept = buildKept(all, { expected: expected.pullRequests, ids, names: raw.names });
      expect(columns.months.map(toPlain)).toEqual(kept.map(toPlain));
    }),
    { numRuns: 100, seed: 4 },
  );
});

interface Kept {
  readonly expected: readonly MergedPullRequest[];
  readonly ids: ReadonlySet<string>;
  readonly names: Names;
}

function buildKept(all: readonly MergedPullRequest[], { expected, ids, names }: Kept): MonthColumns[] {
  const kept = all.filter((one) => expected.includes(one));
  const rows = kept.map(toRow).map((row) => (ids.has(formatDeployId(row)) ? row : { ...row, deployment: null }));
  return buildMonths(rows, { names, timezone: 'UTC' });
}
