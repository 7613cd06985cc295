import { startDrumbeat } from '../../src/compose';
import { createRunningClock } from '../../src/machine/clock';
import { readNaiveReviews } from '../../test/support/naive/reviews';
import { findNaiveIncidents } from '../../test/support/naive/incidents';
import { answerBothReviews } from '../../test/support/product/compare-reviews';
import { answerBothDeliveries } from '../../test/support/product/compare-with-world';
import { createTestDatabase, databaseKinds } from '../../test/support/test-database';
import { findApiToken, toReferenceEnvironment } from './access';
import { drawMerges } from './draw-merges';
import { fillReferenceData } from './fill';
import { toNaiveMerge } from './naive-facts';
import { prepareDerived } from './prepare';
import { drawWorkspace, referenceNow } from './shape';

const plans = [0, 1].map((index) => ({ merges: 300, now: referenceNow, index }));

const questions = [
  { from: '2023-11-24', to: '2026-11-22', interval: 'month', systems: null, teams: [] },
  { from: '2026-08-25', to: '2026-11-22', interval: 'week', systems: ['service-001'], teams: [] },
  { from: '2025-11-23', to: '2026-11-22', interval: 'week', systems: null, teams: ['team-01', 'team-20'] },
] as const;

function callApi(url: string, token: string) {
  const getText = async (route: string): Promise<string> =>
    (await fetch(`${url}/api/v1${route}`, { headers: { authorization: `Bearer ${token}` } })).text();
  return { getText, get: async <T>(route: string): Promise<T> => JSON.parse(await getText(route)) as T };
}

test.each(databaseKinds)('the reference data has the answers of an independent calculation (%s)', async (kind) => {
  const created = await createTestDatabase(kind);
  await fillReferenceData({ url: created.url, plans });
  await prepareDerived(created.url, referenceNow);
  const drumbeat = await startDrumbeat(toReferenceEnvironment(created.url), {
    clock: createRunningClock(referenceNow),
  });
  try {
    for (const workspace of plans.map(drawWorkspace)) {
      const api = callApi(drumbeat.url, findApiToken(workspace));
      const merges = [...drawMerges(workspace)].map(toNaiveMerge);
      const facts = {
        ...{ merges, deployments: merges, undated: [], open: [] },
        incidents: findNaiveIncidents(merges),
      };
      const bots = new Set(workspace.people.flatMap(({ uuid, isBot }) => (isBot ? [uuid] : [])));
      expect(facts.incidents.length).toBeGreaterThan(5);
      for (const one of questions) {
        const question = { ...one, zone: 'UTC' };
        const { found, expected } = await answerBothDeliveries(api, { ...facts, bots }, question);
        expect(found).toEqual(expected);
        const both = await answerBothReviews(api, readNaiveReviews(merges, bots), question);
        expect(both.found).toEqual(both.expected);
      }
    }
  } finally {
    await drumbeat.close();
    await created.remove();
  }
});
