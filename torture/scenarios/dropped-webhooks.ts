import { createMixedWorld } from '../../test/support/product/mixed-world';
import { startProduct, type RunningProduct } from '../../test/support/product/start-product';
import { createShiftedClock } from '../../test/support/shifted-clock';
import { toAnyScenario, type Outcome, type Run } from '../support/scenario';
import { reconcileNow } from '../support/kept-work';
import { recount } from '../support/recount';
import { liveOn, noticesOfLife } from '../support/watched-world';

type Size = 'events';

const hours = 6;
const hour = 3_600_000;
const withinMs = 600_000;
/** As many as Bitbucket lists at once. */
const pageSize = 50;
const mostMore = 1.1;
const questions = 20;

/** Nobody is told of what happens in six hours; then everything is compared once. */
export const droppedWebhooks = toAnyScenario<Size>({
  name: 'dropped-webhooks',
  promise: 'What webhooks lose one comparison repairs, for about a request a page of what has changed.',
  usual: { events: 1_000 },
  run: dropEvents,
});

async function dropEvents({ seed, sizes }: Run<Size>): Promise<Outcome> {
  const clock = createShiftedClock();
  const world = createMixedWorld({ seed, pullRequests: 25 });
  const product = await startProduct({ world, clock, environment: { RECONCILE_MINUTES: '10080' } });
  try {
    await product.install();
    await product.untilImported();
    await product.untilQuiet();
    clock.advance((hours + 1) * hour);
    const lost = dropAll(product, { seed, events: sizes.events });
    product.simulator.requests.clear();
    await reconcileNow(product.environment['DATABASE_URL'] ?? '', withinMs);
    const requests = countRequests(product, lost.changed);
    const repaired = await readRepaired(product);
    const workspace = product.simulator.room.findWorkspace(undefined);
    const { compared, differences } = await recount(product, workspace, { seed, questions, until: clock.now() });
    return {
      figures: {
        'events dropped': lost.events,
        'repositories changed': lost.repositories,
        'pull requests changed': lost.changed.size,
        'repaired, as the product counts': repaired,
        ...requests.figures,
        'values compared': compared,
        differences: differences.length,
      },
      broken: [
        ...differences.slice(0, 5),
        ...requests.broken,
        ...(repaired === lost.changed.size ? [] : [`${repaired} pull requests are said to be repaired.`]),
      ],
    };
  } finally {
    await product.close();
  }
}

async function readRepaired(product: RunningProduct): Promise<number> {
  const { work } = await product.get<{ work: { repaired: { total: number } } }>('/import');
  return work.repaired.total;
}

interface Lost {
  readonly events: number;
  readonly repositories: number;
  /** Repository and number of each pull request. */
  readonly changed: ReadonlySet<string>;
}

function dropAll({ simulator }: RunningProduct, { seed, events }: { seed: number; events: number }): Lost {
  const workspace = simulator.room.findWorkspace(undefined);
  const pullRequests = Math.ceil(events / noticesOfLife) * 2;
  const apart = Math.floor((hours * hour) / pullRequests);
  let count = 0;
  const changed = new Set<string>();
  for (const notices of liveOn({ simulator, workspace }, { seed, pullRequests, apart })) {
    count += notices.length;
    for (const { body } of notices) {
      const { data } = JSON.parse(body) as { data: { repository: { uuid: string }; pullrequest?: { id: number } } };
      if (data.pullrequest !== undefined) changed.add(`${data.repository.uuid}/${data.pullrequest.id}`);
    }
    if (count >= events) break;
  }
  const repositories = new Set([...changed].map((key) => key.split('/')[0])).size;
  return { events: count, repositories, changed };
}

/** Lists of pull requests: a page for each fifty that have changed in a repository, and one where nothing has. */
function countRequests({ simulator }: RunningProduct, changed: ReadonlySet<string>) {
  const byRoute = simulator.requests.countByRoute();
  const lists = byRoute['2.0/repositories/:workspace/:repository/pullrequests'] ?? 0;
  const perRepository = new Map<string, number>();
  for (const key of changed) {
    const [uuid = ''] = key.split('/');
    perRepository.set(uuid, (perRepository.get(uuid) ?? 0) + 1);
  }
  const pages = [...simulator.room.findWorkspace(undefined).repositories.keys()].map((uuid) =>
    Math.ceil(((perRepository.get(uuid) ?? 0) + 1) / pageSize),
  );
  const fewest = pages.reduce((sum, count) => sum + count, 0);
  const all = simulator.requests.entries.filter(({ route }) => !/oauth2|diffstat/u.test(route)).length;
  const most = Math.floor(fewest * mostMore);
  return {
    figures: { 'pages of lists': fewest, 'requests for lists': lists, 'requests in all': all },
    broken: lists > most ? [`${lists} requests for lists of ${fewest} pages.`] : [],
  };
}
