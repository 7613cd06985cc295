import { buildWorkspaceColumns } from '../../../test/support/facts/workspace-columns';
import fc from 'fast-check';
import { intervals, type Interval } from '../calendar/bucket';
import { toLocalDate } from '../calendar/civil-day';
import { toDateRange } from '../calendar/date-range';
import type { MergedPullRequest } from '../pull-requests/pull-request';
import { levelTables, type LevelTable } from '../settings/workspace-settings';
import type { Accelerate } from './accelerate';
import { computeAccelerate } from './delivery/compute-accelerate';

/** number | merged | changes authored | branch | teams | system; `-` is nothing. */
function readFacts(table: string): MergedPullRequest[] {
  const rows = table.split('\n').map((line) => line.trim());
  return rows.filter((line) => line !== '').map((line) => toPullRequest(line.split('|').map((cell) => cell.trim())));
}

function toPullRequest([number, merged, changes, branch, teams, system]: string[]): MergedPullRequest {
  const mergedAt = Date.parse(`${merged ?? ''}Z`);
  return {
    repositoryUuid: `{${system ?? 'app'}}`,
    number: Number(number),
    title: '',
    sourceBranch: branch ?? null,
    openedAt: mergedAt,
    mergedAt,
    destinationBranch: 'main',
    defaultBranchAtMerge: 'main',
    changes: toWords(changes).map((text) => ({
      changeId: `${number ?? ''} ${text}`,
      createdAt: Date.parse(`${text}Z`),
    })),
    isComplete: changes !== '?',
    teams: toWords(teams),
    teamsAsOf: 'merge',
    authorUuid: null,
  };
}

function toWords(text: string | undefined): string[] {
  return (text ?? '').split(' ').filter((word) => word !== '' && word !== '-' && word !== '?');
}

interface Asked {
  from: string;
  to: string;
  timezone?: string;
  interval?: Interval;
  systems?: string[];
  teams?: string[];
  table?: LevelTable;
}

function ask(facts: string | MergedPullRequest[], asked: Asked): Accelerate['metrics'] & Omit<Accelerate, 'metrics'> {
  const timezone = asked.timezone ?? 'UTC';
  const columns = buildWorkspaceColumns(typeof facts === 'string' ? readFacts(facts) : facts, timezone);
  const { metrics, ...found } = computeAccelerate(columns, {
    range: toDateRange({ from: asked.from, to: asked.to, timezone }),
    interval: asked.interval ?? 'week',
    systems: asked.systems ?? null,
    teams: asked.teams ?? [],
    table: asked.table ?? 'dora-2021',
  });
  return { ...metrics, ...found };
}

const november = { from: '2026-11-01', to: '2026-11-30' };

describe('deployment frequency', () => {
  it('is deployments a day, quiet days and days to come counted, per bucket by its own days', () => {
    const found = ask(
      `1 | 2026-11-02T10:00 | -
       2 | 2026-11-02T11:00 | -
       3 | 2026-11-09T00:00 | -`,
      { from: '2026-11-02', to: '2026-11-10' },
    );
    expect(found.deployment_frequency).toEqual({
      value: 3 / 9,
      deployments: 3,
      days: 9,
      level: 'high',
      series: [
        { start: '2026-11-02', end: '2026-11-08', value: 2 / 7, deployments: 2, days: 7 },
        { start: '2026-11-09', end: '2026-11-10', value: 1 / 2, deployments: 1, days: 2 },
      ],
    });
  });

  it('is zero without deployments, and has no level', () => {
    const found = ask('', november);
    expect(found.deployment_frequency).toMatchObject({ value: 0, deployments: 0, days: 30, level: null });
    expect(found.overall).toBeNull();
  });

  it('counts the merge at the end of the range and not the one after it', () => {
    const facts = `1 | 2026-11-01T22:59:59.999 | -
                   2 | 2026-11-01T23:00 | -
                   3 | 2026-11-02T22:59:59.999 | -
                   4 | 2026-11-02T23:00 | -`;
    const found = ask(facts, { from: '2026-11-02', to: '2026-11-02', timezone: 'Europe/Berlin' });
    expect(found.deployment_frequency).toMatchObject({ value: 2, deployments: 2, days: 1 });
  });

  it('has its level by the days of the zone and by windows counted back from the end of the range', () => {
    const facts = ['02', '03', '04'].map((day) => `${day} | 2026-11-${day}T23:30 | -`).join('\n');
    const asked = { from: '2026-11-03', to: '2026-11-07', timezone: 'Europe/Berlin' };
    expect(ask(facts, asked).deployment_frequency.level).toBe('elite');
    expect(ask(facts, { ...asked, timezone: 'UTC' }).deployment_frequency.level).toBe('high');
    expect(ask(facts, { ...asked, from: '2026-09-10' }).deployment_frequency.level).toBe('medium');
    expect(ask(facts, { ...asked, table: 'dora-2024' }).deployment_frequency.level).toBe('elite');
  });
});

describe('lead time for changes', () => {
  it('is taken over the union of all pairs, never over other medians', () => {
    const found = ask(
      `1 | 2026-11-02T10:00 | 2026-11-02T09:54:45
       2 | 2026-11-10T10:00 | 2026-11-10T09:48:50`,
      november,
    );
    expect(found.lead_time_for_changes).toMatchObject({ value: 492.5, p75: 581.25, p95: 652.25, n: 2, excluded: 0 });
    expect(found.lead_time_for_changes.series[0]).toEqual({
      start: '2026-11-01',
      end: '2026-11-01',
      value: null,
      p75: null,
      p95: null,
      n: 0,
      excluded: 0,
    });
  });

  it('leaves out and counts changes from after the deployment; one at its very moment took no time', () => {
    const found = ask('1 | 2026-11-02T10:00 | 2026-11-02T10:00 2026-11-02T10:00:01', november);
    expect(found.lead_time_for_changes).toMatchObject({ value: 0, n: 1, excluded: 1 });
  });

  it.each([
    ['2026-11-20T09:00:01', 'elite', 'elite'],
    ['2026-11-20T09:00', 'high', 'elite'],
    ['2026-11-19T10:00', 'high', 'high'],
    ['2026-11-13T10:00', 'medium', 'medium'],
    ['2026-10-21T10:00', 'medium', 'low'],
    ['2026-05-22T10:00', 'low', 'low'],
  ])('of a change of %s deployed on 20 November at ten is %s by 2021 and %s by 2024', (authored, of2021, of2024) => {
    const facts = `1 | 2026-11-20T10:00 | ${Array(5).fill(authored).join(' ')}`;
    expect(ask(facts, november).lead_time_for_changes.level).toBe(of2021);
    expect(ask(facts, { ...november, table: 'dora-2024' }).lead_time_for_changes.level).toBe(of2024);
  });

  it('has a value and no level of fewer than five changes; what is left out is none of the five', () => {
    const four = '2026-11-02T09:00 2026-11-02T09:01 2026-11-02T09:02 2026-11-02T09:03';
    expect(ask(`1 | 2026-11-02T10:00 | ${four} 2026-11-03T10:00`, november).lead_time_for_changes).toMatchObject({
      ...{ value: 3_510, n: 4, excluded: 1, level: null },
    });
    expect(ask(`1 | 2026-11-02T10:00 | ${four} 2026-11-02T09:04`, november).lead_time_for_changes.level).toBe('elite');
  });
});

describe('failures', () => {
  const facts = `
    1 | 2026-10-30T10:00 | -                | a           | red
    2 | 2026-11-02T10:00 | -                | b           | red blue
    3 | 2026-11-03T10:00 | -                | revert-pr-2 | blue
    4 | 2026-11-04T10:00 | 2026-11-02T12:00 | hotfix/x    | blue
    5 | 2026-11-05T10:00 | 2026-10-01T12:00 | hotfix/y    | blue
    6 | 2026-11-06T10:00 | 2026-10-31T12:00 | hotfix/z    | blue
    7 | 2026-12-24T10:00 | -                | revert-pr-4 | blue`;

  it('count a deployment once, however often it is blamed, whenever that happened', () => {
    const found = ask(facts, november);
    expect(found.change_failure_rate).toMatchObject({ value: 2 / 5, failed: 2, n: 5, level: null });
  });

  it('take as long as the linked incidents created in the range took, and no unlinked one', () => {
    const found = ask(facts, november);
    expect(found.time_to_recover).toMatchObject({
      value: 46 * 3600,
      mean: (24 + 46 + 1200) * 1200,
      n: 3,
      unresolved: 0,
      excluded: 0,
      level: null,
    });
  });

  it('are reworked by fixes of incidents, linked or not', () => {
    expect(ask(facts, november).rework_rate).toMatchObject({ value: 4 / 5, rework: 4, n: 5 });
  });

  it('pass the filter with the deployment they are blamed on, even one from before the range', () => {
    expect(ask(facts, { from: '2026-10-31', to: '2026-10-31', teams: ['red'] }).time_to_recover.n).toBe(1);
    expect(ask(facts, { from: '2026-10-31', to: '2026-10-31', teams: ['blue'] }).time_to_recover.n).toBe(0);
  });

  it('dated after their fix are excluded from the time to recover and counted', () => {
    const late = `1 | 2026-11-02T10:00 | -
                  2 | 2026-11-03T10:00 | 2026-11-04T10:00 | hotfix`;
    expect(ask(late, november).time_to_recover).toMatchObject({
      value: null,
      mean: null,
      n: 0,
      excluded: 1,
      level: null,
    });
  });

  it.each([
    ['10:59:59', 'elite'],
    ['11:00', 'high'],
    ['2026-11-03T10:00', 'medium'],
    ['2026-11-09T10:00', 'low'],
  ])('begun on 2 November at ten and mended %s have the level %s, of five', (mended, level) => {
    const at = mended.includes('T') ? mended : `2026-11-02T${mended}`;
    const fixes = [2, 3, 4, 5, 6].map((number) => `${number} | ${at} | 2026-11-02T10:00 | hotfix/${number}`);
    const facts = ['1 | 2026-11-01T10:00 | - | a', ...fixes];
    for (const table of levelTables) {
      expect(ask(facts.join('\n'), { ...november, table }).time_to_recover).toMatchObject({ n: 5, level });
    }
    expect(ask(facts.slice(0, 5).join('\n'), november).time_to_recover).toMatchObject({ n: 4, level: null });
  });

  it('of fewer than ten deployments have a rate and no level', () => {
    const merges = (count: number) =>
      Array.from({ length: count }, (_, index) => `${index} | 2026-11-02T10:00 | - | a`);
    expect(ask(merges(9).join('\n'), november).change_failure_rate).toMatchObject({ value: 0, n: 9, level: null });
    expect(ask(merges(10).join('\n'), november).change_failure_rate).toMatchObject({ value: 0, n: 10, level: 'elite' });
  });

  it('too few to tell leave the overall level to what is enough', () => {
    const found = ask('1 | 2026-11-02T10:00 | 2025-11-02T10:00 | a', november);
    expect(found.lead_time_for_changes.level).toBeNull();
    expect(found.overall).toBe('high');
  });

  it.each([
    [1, 20, 'elite', 'elite'],
    [2, 20, 'elite', 'high'],
    [3, 20, 'elite', 'medium'],
    [4, 20, 'high', 'medium'],
    [6, 20, 'high', 'low'],
    [7, 20, 'low', 'low'],
  ] as const)('blamed on %i of %i deployments are %s by 2021 and %s by 2024', (...[failed, n, of2021, of2024]) => {
    const good = Array.from({ length: n }, (_, index) => `${index + 1} | 2026-11-02T10:00 | - | a`);
    const bad = Array.from(
      { length: failed },
      (_, index) => `${100 + index} | 2026-12-02T10:00 | - | revert-pr-${index + 1}`,
    );
    const facts = [...good, ...bad].join('\n');
    expect(ask(facts, november).change_failure_rate.level).toBe(of2021);
    expect(ask(facts, { ...november, table: 'dora-2024' }).change_failure_rate.level).toBe(of2024);
  });
});

describe('filters', () => {
  const facts = `
    1 | 2026-11-02T10:00 | ? | a | red      | app
    2 | 2026-11-03T10:00 | - | a | red blue | web
    3 | 2026-11-04T10:00 | - | a | -        | web`;

  it.each([
    [{}, 3, 1],
    [{ systems: ['{web}'] }, 2, 0],
    [{ systems: ['{web}', '{app}'] }, 3, 1],
    [{ systems: ['{none}'] }, 0, 0],
    [{ teams: ['red'] }, 2, 1],
    [{ teams: ['blue', 'red'] }, 2, 1],
    [{ teams: ['blue'], systems: ['{app}'] }, 0, 0],
    [{ teams: ['none'] }, 0, 0],
  ])('%j leave %i deployments, %i of them incomplete', (filter, deployments, incomplete) => {
    const found = ask(facts, { ...november, ...filter });
    expect([found.deployment_frequency.deployments, found.incompleteDeployments]).toEqual([deployments, incomplete]);
  });
});

describe('whatever the facts', () => {
  const zones = ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Asia/Beirut'];
  const start = Date.parse('2018-01-01T00:00:00Z');
  const minutes = fc.integer({ min: 0, max: 60 * 24 * 400 }).map((value) => start + value * 60_000);
  const pullRequests = fc
    .array(
      fc.record({
        mergedAt: minutes,
        changes: fc.array(minutes, { maxLength: 3 }),
        branch: fc.constantFrom('a', 'hotfix', 'revert-pr-1'),
      }),
      { maxLength: 40 },
    )
    .map((rows) =>
      rows.map(({ mergedAt, changes, branch }, index): MergedPullRequest => ({
        ...toPullRequest([String(index), '2018-01-01T00:00', '-', branch]),
        mergedAt,
        openedAt: mergedAt,
        changes: changes.map((createdAt, change) => ({ changeId: String(change), createdAt })),
      })),
    );
  const asked = fc.record({
    day: fc.integer({ min: 17_500, max: 17_950 }),
    days: fc.integer({ min: 1, max: 300 }),
    timezone: fc.constantFrom(...zones),
    interval: fc.constantFrom(...intervals),
  });

  it('the counts of the buckets add up to those of the range', () => {
    fc.assert(
      fc.property(pullRequests, asked, (facts, { day, days, timezone, interval }) => {
        const found = ask(facts, { from: toLocalDate(day), to: toLocalDate(day + days - 1), timezone, interval });
        const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
        const { deployment_frequency, lead_time_for_changes, change_failure_rate, time_to_recover, rework_rate } =
          found;
        expect(sum(deployment_frequency.series.map((one) => one.deployments))).toBe(deployment_frequency.deployments);
        expect(sum(deployment_frequency.series.map((one) => one.days))).toBe(days);
        expect(sum(lead_time_for_changes.series.map((one) => one.n))).toBe(lead_time_for_changes.n);
        expect(sum(lead_time_for_changes.series.map((one) => one.excluded))).toBe(lead_time_for_changes.excluded);
        expect(sum(change_failure_rate.series.map((one) => one.failed))).toBe(change_failure_rate.failed);
        expect(sum(time_to_recover.series.map((one) => one.n))).toBe(time_to_recover.n);
        expect(sum(rework_rate.series.map((one) => one.rework))).toBe(rework_rate.rework);
      }),
    );
  });

  it('the order in which they came changes nothing', () => {
    fc.assert(
      fc.property(pullRequests, (facts) => {
        const range = { from: '2018-01-01', to: '2019-02-28' };
        expect(ask([...facts].reverse(), range)).toEqual(ask(facts, range));
      }),
      { numRuns: 30 },
    );
  });
});
