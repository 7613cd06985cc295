import { createChance } from '../../../../../simulator/world/random';
import { sampleStatus } from '../../../../../test/support/pages/sample-rooms';
import type { ImportStatus } from '../../../../ingestion/progress/import-status';
import { countShown } from './import-counts';
import { buildImportView } from './import-view';

const chance = createChance(20_261_129);
const states = ['queued', 'running', 'done', 'failed'] as const;
const context = { now: Date.UTC(2026, 10, 29, 12), timezone: 'UTC' };

/** A status as it may be at any moment of an import, of any number of repositories. */
function drawStatus(): ImportStatus {
  const items = Array.from({ length: chance.between(0, 12) }, (_, index) => {
    const total = chance.between(0, 3) === 0 ? null : chance.between(0, 500);
    const state = states[chance.between(0, 3)] ?? 'queued';
    const done = total === null ? 0 : chance.between(0, total);
    const uuid = `{${index}}`;
    return { uuid, slug: uuid, name: `Repository ${index}`, state, message: null, pull_requests: { total, done } };
  });
  const limit = chance.between(1, 5_000);
  const used = chance.between(0, limit + 50);
  return {
    ...sampleStatus,
    ...{ state: 'running', items, eta_seconds: chance.between(0, 7_200) },
    requests: { ...sampleStatus.requests, used, limit },
  };
}

const readCounts = (text: string) => text.replaceAll(',', '').match(/\d+/gu)?.map(Number) ?? [];

/** The numbers of one section, as they are read. */
function readSection(status: ImportStatus) {
  const view = buildImportView(status, context);
  const bars = view.repositories.flatMap(({ progress }) => (progress === null ? [] : [progress]));
  const add = (pick: (bar: { done: number; total: number }) => number) => bars.reduce((all, bar) => all + pick(bar), 0);
  return {
    rows: view.repositories,
    bars: bars.map(({ done, total, text }) => [done, total, readCounts(text)]),
    sums: [add(({ done }) => done), add(({ total }) => total)] as const,
    whole: view.sum === null ? null : [readCounts(view.sum.text), readCounts(view.progress?.text ?? '')],
    sentence: readCounts(view.sentence),
    detail: readCounts(view.detail ?? ''),
  };
}

test('In 400 imports the numbers of the section are the sums of its rows, and agree with each other', () => {
  for (let round = 0; round < 400; round += 1) {
    const status = drawStatus();
    const { rows, bars, sums, whole, sentence, detail } = readSection(status);
    expect(bars).toEqual(bars.map(([done, total]) => [done, total, [done, total]]));
    expect(sentence.slice(0, 2)).toEqual([rows.filter(({ state }) => state.word === 'Complete').length, rows.length]);
    expect(whole).toEqual(sums[1] === 0 ? null : [sums, sums]);
    const { limit, used } = status.requests;
    const { perMinute } = countShown(status);
    const known = [...(sums[1] === 0 ? [] : sums), ...(perMinute === null ? [] : [perMinute])];
    expect(detail.slice(0, known.length + 2)).toEqual([...known, limit, Math.max(0, limit - used)]);
    // At that rate what is missing is read in the time that is said to be left, to the roundness of the rate.
    const minutes = (status.eta_seconds ?? 0) / 60;
    const missed = perMinute === null ? 0 : perMinute * minutes - (sums[1] - sums[0]);
    expect(Math.abs(missed)).toBeLessThanOrEqual(Math.max(minutes, 1));
  }
});

test('No rate is said where it is not known how much there is', () => {
  const [item] = sampleStatus.items;
  const unknown = {
    ...sampleStatus,
    eta_seconds: 60,
    items: item === undefined ? [] : [{ ...item, pull_requests: { total: null, done: 0 } }],
  };
  expect(countShown(unknown)).toEqual({
    repositories: { done: 1, total: 1 },
    pullRequests: { done: 0, total: 0 },
    perMinute: null,
  });
});
