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

test('In 2,000 imports the numbers of the section are the sums of its rows, and agree with each other', () => {
  for (let round = 0; round < 2_000; round += 1) {
    const status = drawStatus();
    const view = buildImportView(status, context);
    const bars = view.repositories.flatMap(({ progress }) => (progress === null ? [] : [progress]));
    const sum = { done: 0, total: 0 };
    for (const { done, total, text } of bars) {
      expect(readCounts(text)).toEqual([done, total]);
      sum.done += done;
      sum.total += total;
    }
    const complete = view.repositories.filter(({ state }) => state.word === 'Complete').length;
    expect(readCounts(view.sentence).slice(0, 2)).toEqual([complete, view.repositories.length]);
    expect(view.progress === null ? 0 : view.progress.total).toBe(sum.total);
    expect(view.sum === null ? [0, 0] : readCounts(view.sum.text)).toEqual(
      sum.total === 0 ? [0, 0] : [sum.done, sum.total],
    );
    const numbers = readCounts(view.detail ?? '');
    const { perMinute } = countShown(status);
    const shown = [...(sum.total === 0 ? [] : [sum.done, sum.total]), ...(perMinute === null ? [] : [perMinute])];
    const { limit, used } = status.requests;
    expect(numbers.slice(0, shown.length + 2)).toEqual([...shown, limit, Math.max(0, limit - used)]);
    if (perMinute !== null) {
      // At that rate what is missing is read in the time that is said to be left, to the roundness of the rate.
      const minutes = (status.eta_seconds ?? 0) / 60;
      expect(Math.abs(perMinute * minutes - (sum.total - sum.done))).toBeLessThanOrEqual(Math.max(minutes, 1));
    }
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
