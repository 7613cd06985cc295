import { phases } from '../../../domain/reviews/phase';
import { buildPageContext } from '../../../../test/support/pages/sample-overview';
import { buildNothingChanged, buildWhatChanged } from '../../../../test/support/pages/sample-what-changed';
import type { WhatChangedReport } from '../../../reporting/answers/what-changed';
import { buildShownChange } from './shown-change';
import { buildWhatChangedView, type ChangeMaterial } from './what-changed-view';
import { buildWhereTimeGoesView } from './where-time-goes-view';

const hour = 3_600;

function aMaterial(report: WhatChangedReport, change: Partial<ChangeMaterial> = {}): ChangeMaterial {
  return {
    report,
    pageContext: buildPageContext(),
    medians: { now: null, before: null },
    toHref: (uuid) => `/of/${uuid}`,
    ...change,
  };
}

/** Spaces that keep a number and its unit in one line read like others. */
const readPlain = <View extends { readonly sentence: string }>(view: View): View => ({
  ...view,
  sentence: view.sentence.replaceAll('\u00A0', ' '),
});
const view = (change: Partial<WhatChangedReport> = {}, more: Partial<ChangeMaterial> = {}) =>
  readPlain(buildWhatChangedView(aMaterial(buildWhatChanged(change), more)));

const median = (hours: number) => ({ value: hours * hour, n: 90 });

describe('what changed', () => {
  it('is one sentence, of how many pull requests, and two waterfalls', () => {
    const { sentence, notes, falls } = view();
    expect(sentence).toBe(
      'Lead time fell by 2 h to 30 h on average. Pull requests waited 3 h 30 min less for a review.',
    );
    expect(notes).toEqual([
      'Average of 96 pull requests, 90 before. Left out: 12 now, 10 before, first commit not known.',
    ]);
    expect(falls.map(({ rows }) => rows.map(({ name, text }) => `${name} ${text}`))).toEqual([
      [
        ...['87 days before 32 h', 'Coding +1 h', 'Waiting for review −3 h 30 min', 'In review +30 min'],
        ...['Waiting to merge 0 h', 'Last 87 days 30 h'],
      ],
      [
        ...['87 days before 32 h', 'Payments −2 h', 'Checkout −1 h', 'Storefront −30 min', '2 others 0 h'],
        ...['Infrastructure +1 h 30 min', 'Last 87 days 30 h'],
      ],
    ]);
  });

  it('draws both on one scale: filled is shorter, outlined is longer', () => {
    const [byPhase, byRepository] = view().falls;
    const width = (row: number, fall = byPhase) => Number.parseFloat(fall?.rows[row]?.width ?? '');
    expect(width(2)).toBeCloseTo(3.5 * width(1), 1);
    expect(width(1, byRepository)).toBeCloseTo(2 * width(1), 1);
    expect(byPhase?.rows.map(({ kind }) => kind)).toEqual(['end', 'longer', 'shorter', 'longer', 'none', 'end']);
    expect(byPhase?.rows.at(-1)?.x).toBe(byRepository?.rows.at(-1)?.x);
  });

  it('says the median too where it went the other way', () => {
    const rose = { now: median(21), before: median(18) };
    expect(view({}, { medians: rose }).sentence).toContain(
      'Lead time fell by 2 h to 30 h on average, while the median rose to 21 h. Pull requests',
    );
    const fell = { now: median(18), before: median(21) };
    expect(view({}, { medians: fell }).sentence).toContain('Lead time fell by 2 h to 30 h on average. Pull requests');
  });

  it('is silent where it is noise', () => {
    const same = view({ movement: 'no change', now: { n: 96, left_out: 0, mean: 31.5 * hour, median: 0 } });
    expect(same.sentence).toBe('Lead time did not change: 31 h 30 min on average.');
    expect(same.notes[0]).toBe('A difference of less than 4 % counts as no change.');
    const few = view({
      ...{ movement: 'too few to tell', difference: null },
      now: { n: 3, left_out: 1, mean: 30 * hour, median: 0 },
    });
    expect(few).toMatchObject({ sentence: 'Lead time is 30 h on average.', falls: [] });
    expect(few.notes[0]).toBe(
      'Too few pull requests to tell a change: 3 now, 90 before. At least 5 in both periods are needed.',
    );
    const none = buildWhatChangedView(aMaterial(buildNothingChanged()));
    expect(none).toMatchObject({ sentence: 'No pull request here has a known first commit.', falls: [] });
  });

  it('compares with nothing before the history begins', () => {
    const { completeness } = buildWhatChanged();
    const young = view({ movement: null, completeness: { ...completeness, imported_since: '2026-08-01' } });
    expect(young).toMatchObject({ sentence: 'Lead time is 30 h on average.', falls: [] });
    expect(young.notes[0]).toBe('No comparison: the history begins on 1 Aug 2026.');
    const empty = view({ movement: null, completeness: { ...completeness, imported_since: null } });
    expect(empty.notes[0]).toBe('No period before to compare with.');
  });

  it('has no waterfall of repositories where there is one', () => {
    const { systems } = buildWhatChanged();
    expect(view({ systems: systems.slice(0, 1) }).falls.map(({ caption }) => caption)).toEqual(['By phase']);
  });

  it('names dates where they are the reader’s own', () => {
    const { page } = buildPageContext();
    const compared = { from: '2025-08-24', to: '2025-11-18' };
    const { falls } = view({ compared }, { pageContext: { page: { ...page, range: null } } });
    const names = falls[0]?.rows.map(({ name }) => name);
    expect([names?.[0], names?.at(-1)]).toEqual(['24 Aug – 18 Nov 2025', '24 Aug – 18 Nov 2026']);
  });
});

describe('where the time goes', () => {
  const merged = (change: Partial<WhatChangedReport> = {}) =>
    readPlain(buildWhereTimeGoesView(aMaterial(buildWhatChanged({ of: 'merged', ...change }))));

  it('is the average life in its phases, now and before', () => {
    const found = merged();
    expect(found.sentence).toBe(
      'A merged pull request took 30 h on average, 2 h less than before. Waiting for review is still the longest part.',
    );
    expect(found.now).toMatchObject({ name: 'Last 87 days', total: '30 h' });
    expect(found.before?.label).toBe(
      '87 days before: Coding 9 h, Waiting for review 14 h, In review 5 h, Waiting to merge 4 h.',
    );
    expect(found.stages.map(({ time, change }) => [time, change?.judgement, change?.text])).toEqual([
      ['10 h', 'worse', '1 h longer'],
      ['10 h 30 min', 'better', '3 h 30 min shorter'],
      ['5 h 30 min', 'worse', '30 min longer'],
      ['4 h', null, 'No change'],
    ]);
    expect(found.falls).toHaveLength(2);
  });

  it('shows the phases of too few without a change', () => {
    const few = merged({ movement: 'too few to tell', now: { n: 2, left_out: 0, mean: 30 * hour, median: 0 } });
    expect(few).toMatchObject({ before: null, falls: [] });
    expect(few.sentence).toBe('A merged pull request took 30 h on average. Waiting for review is the longest part.');
    expect(few.stages.every(({ change }) => change === null)).toBe(true);
  });
});

/** Always the same numbers: a linear congruential generator (Numerical Recipes). */
function createDice(seed: number) {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

function drawReport(seed: number): WhatChangedReport {
  const roll = createDice(seed);
  const size = 10 ** (roll() * 7);
  const told = phases.map((phase) => {
    const [now, before] = [roll() * size, roll() * size];
    return { phase, now, before, part: now - before };
  });
  const addUp = (key: 'now' | 'before') => told.reduce((sum, phase) => sum + phase[key], 0);
  const [now, before] = [addUp('now'), addUp('before')];
  const count = 1 + Math.floor(roll() * 12);
  const weights = Array.from({ length: count }, () => roll() * 4 - 1);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const systems = weights.map((weight, index) => ({
    ...{ system: { uuid: `{${index}}`, slug: '', name: '' }, now: { n: 1, mean: 1 }, before: { n: 1, mean: 1 } },
    part: (weight / all) * (now - before),
  }));
  const sample = { n: 90, left_out: 0, median: null };
  return buildWhatChanged({
    ...{ of: seed % 2 === 0 ? 'deployments' : 'merged', phases: told, systems, difference: now - before },
    ...{ now: { ...sample, mean: now }, before: { ...sample, mean: before } },
  });
}

/** A text that is shown, in seconds. */
function readShown(text: string): number {
  const units: Readonly<Record<string, number>> = { d: 86_400, h: 3_600, min: 60, s: 1 };
  const words = [...text.matchAll(/([\d,]+) (d|h|min|s)/gu)];
  const size = words.reduce(
    (sum, [, count = '', unit = '']) => sum + Number(count.replaceAll(',', '')) * (units[unit] ?? Number.NaN),
    0,
  );
  return text.startsWith('−') ? -size : size;
}

it('what is shown adds up to what is shown, in 2,000 random reports', () => {
  for (let seed = 0; seed < 2_000; seed += 1) {
    const report = drawReport(seed);
    const shown = buildShownChange(report);
    const sums = buildWhatChangedView(aMaterial(report)).falls.map(({ rows }) => {
      const [before = 0, ...rest] = rows.map(({ text }) => readShown(text));
      return rest.slice(0, -1).reduce((sum, part) => sum + part, before) - (rest.at(-1) ?? 0);
    });
    expect({ seed, sums }).toEqual({ seed, sums: sums.map(() => 0) });
    const [now, before] = (['now', 'before'] as const).map((key) =>
      shown.stages.reduce((sum, stage) => sum + stage[key], 0),
    );
    expect([now, before]).toEqual([shown.now, shown.before]);
  }
});
