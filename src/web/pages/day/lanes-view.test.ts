import { buildIncident, buildRelease } from '../../../../test/support/pages/sample-releases';
import { sampleSystem } from '../../../../test/support/pages/sample-overview';
import { createFindOutcome } from '../../presentation/releases/outcome';
import { buildLanes, toDaySpan, type LanesMaterial } from './lanes-view';

function build(change: Partial<LanesMaterial> = {}, [day, zone] = ['2026-10-20', 'Europe/Berlin']) {
  const incidents = change.incidents ?? [];
  return buildLanes({
    span: toDaySpan(day, zone),
    now: Date.parse('2026-11-18T10:20:00Z'),
    releases: [],
    incidents,
    findOutcome: createFindOutcome(incidents),
    toName: () => sampleSystem.name,
    ...change,
  });
}

const hoursOf = (day: string, zone: string) =>
  build({ releases: [buildRelease(1, `${day}T12:00:00Z`)] }, [day, zone])?.hours.map(({ x, text }) => `${text} ${x}`);

describe('a lane', () => {
  const releases = [buildRelease(1, '2026-10-20T04:00:00Z'), buildRelease(2, '2026-10-20T10:00:00Z')];
  const incidents = [buildIncident(1, 2, ['2026-10-20T04:00:00Z', '2026-10-20T10:00:00Z'])];

  it('has what failed, what ended that and how long it took, at the hours of the zone', () => {
    const [lane] = build({ releases, incidents })?.lanes ?? [];
    expect(lane?.marks).toEqual([
      { isFailed: false, isFix: true, x: '50.00%', title: '12:00 Change 2: Revert' },
      { isFailed: true, isFix: false, x: '25.00%', title: '06:00 Change 1: Failed' },
    ]);
    expect(lane?.bars).toEqual([{ x: '25.00%', width: '25.00%', title: 'Time to recover: 6 h' }]);
    expect(lane?.label).toBe('Checkout: 06:00 Change 1: Failed; 12:00 Change 2: Revert.');
  });

  it('has what goes on for longer than the day, to its edges', () => {
    const whole = [buildIncident(7, 8, ['2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z'])];
    const [lane] = build({ incidents: whole })?.lanes ?? [];
    expect(lane).toMatchObject({ marks: [], bars: [{ x: '0.00%', width: '100.00%' }] });
    expect(lane?.label).toBe('Checkout: a failure goes on.');
    expect(build()).toBeNull();
  });

  it('tells the first of very many, and the number of the others', () => {
    const many = Array.from({ length: 200 }, (_, index) => buildRelease(index + 1, '2026-10-20T10:00:00Z'));
    expect(build({ releases: many })?.lanes[0]?.label).toMatch(/188 others, in the table below\.$/u);
  });
});

describe('the hours of a day', () => {
  it('are as far apart as they are, when a clock is put forward or back', () => {
    expect(hoursOf('2026-03-29', 'Europe/Berlin')?.slice(0, 3)).toEqual(['00:00 0.00%', '03:00 8.70%', '06:00 21.74%']);
    expect(hoursOf('2026-10-25', 'Europe/Berlin')?.slice(0, 3)).toEqual([
      '00:00 0.00%',
      '03:00 16.00%',
      '06:00 28.00%',
    ]);
    expect(hoursOf('2026-10-20', 'Asia/Kolkata')).toHaveLength(9);
    // Cairo has no midnight on that day, and Lord Howe puts its clocks by half an hour.
    expect(hoursOf('2026-04-24', 'Africa/Cairo')?.[0]).toBe('03:00 8.70%');
    expect(hoursOf('2026-04-05', 'Australia/Lord_Howe')?.slice(0, 2)).toEqual(['00:00 0.00%', '03:00 14.29%']);
  });
});
