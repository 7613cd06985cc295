import { buildAccelerateReport } from '../../../../test/support/pages/sample-report';
import { buildMetricLevel, buildOverallLevel } from './metric-levels';
import { isRangeComplete } from './range-complete';

const report = buildAccelerateReport();
const { from } = report.range;
const withHistory = (imported_since: string | null, importing = false) => ({
  ...report,
  completeness: { ...report.completeness, imported_since, importing },
});

test.each([
  ['complete: its history is read from its first day on', withHistory(from), true],
  ['complete: more is read before it', withHistory('2020-01-01'), true],
  ['not: its history is still being read', withHistory(from, true), false],
  ['not: its history begins after it', withHistory('2026-10-01'), false],
  ['not: no history is read', withHistory(null), false],
])('A range is %s', (_what, known, isComplete) => {
  expect(isRangeComplete(known)).toBe(isComplete);
});

test('No number has a level before its range is complete, and a number that is not known says nothing', () => {
  for (const early of [withHistory(from, true), withHistory('2026-10-01')]) {
    expect(buildMetricLevel('deployment_frequency', early)?.word).toBe('too early to tell');
    expect(buildMetricLevel('lead_time_for_changes', early)).toEqual({
      word: 'too early to tell',
      table: null,
      tone: null,
    });
    expect(buildMetricLevel('rework_rate', early)).toBeNull();
    expect(buildOverallLevel(early)?.word).toBe('too early to tell');
    const unknown = { ...early, time_to_recover: { ...early.time_to_recover, value: null, level: null } };
    expect(buildMetricLevel('time_to_recover', unknown)).toBeNull();
  }
  expect(buildMetricLevel('deployment_frequency', report)?.table).toBe('DORA 2021');
  expect(buildOverallLevel(report)?.table).toBe('DORA 2021');
});
