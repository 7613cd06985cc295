import { createReporting } from '../../src/reporting/reporting';
import type { Stores } from '../../src/store/stores';
import { answerWorkspace } from '../../src/web/pages/overview/overview-page';
import type { buildOverviewView } from '../../src/web/pages/overview/overview-view';
import { answerReviews } from '../../src/web/pages/reviews/reviews-page';
import type { buildReviewsView } from '../../src/web/pages/reviews/reviews-view';
import { answerDeployments, type RowsView } from '../../src/web/pages/rows/rows-page';
import type { AnswerForms } from '../../src/web/presentation/frame/page-dependencies';
import { aRepository, aRepositoryUuid, aWorkspaceUuid, day, hour } from '../support/builders';
import { noProgress } from '../support/facts/no-progress';
import { savePullRequest } from '../support/facts/saved-pull-requests';
import { createFixedClock } from '../support/fixed-clock';
import { buildPagesDependencies } from '../support/pages/ask-page';
import type { TestStores } from '../support/test-database';
import { openWorkspaceStores } from '../support/workspace-stores';
import { nobodySeesAll } from '../support/web/nobody-named';

const now = Date.parse('2026-11-22T12:00:00Z');
/** More than any page reads: the last of them interrupts nothing. */
const mostReadings = 16;

let stores: TestStores;

beforeEach(async () => {
  stores = await openWorkspaceStores('sqlite', now - day);
  await stores.repositories.saveAll(aWorkspaceUuid, [aRepository()]);
  for (const number of [1, 2, 3]) await save(number, now - number * day);
  await save(4, null);
});
afterEach(() => stores.close());

async function save(number: number, mergedAt: number | null): Promise<void> {
  await savePullRequest(stores, aRepositoryUuid, { number, openedAt: now - 9 * day, mergedAt });
}

/** Does something before the given reading of a store, counted over all stores; what comes before and after goes on. */
function interrupt(whole: Stores, at: () => number | null, activity: () => Promise<void>): Stores {
  let readings = 0;
  const wrap = <T extends object>(store: T): T =>
    new Proxy(store, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return async (...values: unknown[]): Promise<unknown> => {
          if (at() === null) readings = 0;
          else if (++readings === at()) await activity();
          return Reflect.apply(member, target, values) as unknown;
        };
      },
    });
  const { workspaces, settings, repositories, pullRequests, teams, people, corrections, notes } = whole;
  return {
    ...whole,
    ...{ workspaces: wrap(workspaces), settings: wrap(settings), repositories: wrap(repositories) },
    ...{ pullRequests: wrap(pullRequests), teams: wrap(teams), people: wrap(people) },
    ...{ corrections: wrap(corrections), notes: wrap(notes) },
  };
}

/** Pages over a workspace that was looked at before, and into which a merge comes with the given reading. */
async function openInterrupted(at: number) {
  let isArmed = false;
  const merge = async () => save(4, now - hour);
  const reporting = createReporting(
    interrupt(stores, () => (isArmed ? at : null), merge),
    { clock: createFixedClock(now), bitbucketUrl: 'https://bitbucket.org', loadProgress: async () => noProgress },
  );
  await reporting.openWhole(aWorkspaceUuid, null);
  // Something has changed since, so that there is something to be read.
  await save(5, now - 2 * hour);
  isArmed = true;
  const dependencies = { ...buildPagesDependencies(), reporting };
  const caller = { workspace: aWorkspaceUuid, repositoryUuid: null, ...nobodySeesAll, canWrite: false, session: 'S' };
  const ask = async <View>(answer: AnswerForms): Promise<View> => {
    const answered = await answer({ caller, parameters: {}, isPost: false }, dependencies);
    if (answered.kind !== 'page') throw new Error(`No page: ${answered.kind}`);
    return answered.view as View;
  };
  return { reporting, ask };
}

const toNumber = (text: string | undefined): number => Number(/\d+/u.exec(text ?? '')?.[0]);

describe.each(Array.from({ length: mostReadings }, (_, index) => index + 1))(
  'A merge that comes in with reading %i of a page',
  (at) => {
    it('is in all numbers of the overview or in none', async () => {
      const view = await (await openInterrupted(at)).ask<ReturnType<typeof buildOverviewView>>(answerWorkspace);
      const tile = toNumber(view.metrics[0]?.rows.text);

      expect([4, 5]).toContain(tile);
      expect(view.systems?.rows.map(({ cells }) => toNumber(cells[0]?.text))).toEqual([tile]);
    });

    it('is in the median, the table and the list of Changes & Reviews or in none', async () => {
      const view = await (await openInterrupted(at)).ask<ReturnType<typeof buildReviewsView>>(answerReviews);
      const text = JSON.stringify(view);
      const counted = [...text.matchAll(/(\d+) merged pull requests?/gu)].map(([, count]) => Number(count));

      expect(counted.length).toBeGreaterThan(0);
      expect([[4], [5]]).toContainEqual([...new Set(counted)]);
    });

    it('is a row of the deployments just where it is counted', async () => {
      const { entries } = (await (await openInterrupted(at)).ask<RowsView>(answerDeployments)).table;

      expect([4, 5]).toContain(entries.length);
    });

    it('is either merged or open, never both and never neither', async () => {
      const snapshot = await (await openInterrupted(at)).reporting.openWhole(aWorkspaceUuid, null);
      const filter = { from: '2026-11-01', to: '2026-11-22', interval: 'week', systems: [], teams: [] } as const;
      const { merged } = snapshot.computeReviews({ ...filter, isRaw: false });
      const { items } = snapshot.computeWorkInProgress({ ...filter, isRaw: false });

      expect(merged + items.length).toBe(5);
      const { deployment_frequency } = snapshot.computeAccelerate({ ...filter, isRaw: false });
      expect(deployment_frequency.deployments).toBe(merged);
    });
  },
);
