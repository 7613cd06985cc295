import { createLargeWorld } from '../../simulator/world/growth/sample-world';
import { createMixedWorld, mixedNow } from '../support/product/mixed-world';
import { startProduct, type RunningProduct } from '../support/product/start-product';
import { hashOf } from '../../simulator/world/random';
import type { Habits } from '../../simulator/world/habits';
import type { PullRequest, Repository, Workspace, World } from '../../simulator/world/model';

const running: RunningProduct[] = [];
afterEach(async () => {
  for (const product of running.splice(0)) await product.close();
});

/** Of several heads at once, and without what a branch has. */
const joint = /\/commits\?.*include=.*include=.*exclude=/u;
const single = /\/pullrequests\/(\d+)\/commits/u;

/**
 * Imports a world. `onJoint`: before heads are answered together; false refuses it, as a Bitbucket that knows no heads
 * but one at a time.
 */
async function importWorld(
  world: World,
  onJoint: (product: RunningProduct) => Promise<boolean> = () => Promise.resolve(true),
): Promise<RunningProduct> {
  const product = await startProduct({ world });
  running.push(product);
  const { simulator } = product;
  const answer = simulator.answer.bind(simulator);
  simulator.answer = async (request, response) => {
    const isAnswered = !joint.test(request.url ?? '') || (await onJoint(product));
    if (isAnswered) return answer(request, response);
    response.writeHead(404).end('Not Found');
  };
  await product.install();
  await product.untilImported();
  return product;
}

/** True merges, some into another branch than the main one; the branches of what is merged are gone. */
function createWorld(habits: Partial<Habits> = {}): World {
  const world = createLargeWorld({
    pullRequests: 90,
    repositories: 1,
    strategy: 'merge_commit',
    now: mixedNow,
    seed: 11,
    days: 60,
  });
  for (const { repository, pullRequest } of listAll(world)) {
    if (pullRequest.state === 'MERGED') repository.branches.delete(pullRequest.source.branch);
  }
  for (const workspace of world.workspaces) Object.assign(workspace.habits, habits);
  return world;
}

interface Place {
  readonly workspace: Workspace;
  readonly repository: Repository;
  readonly pullRequest: PullRequest;
}

function listAll({ workspaces }: World): Place[] {
  return workspaces.flatMap((workspace) =>
    [...workspace.repositories.values()].flatMap((repository) =>
      [...repository.pullRequests.values()].map((pullRequest) => ({ workspace, repository, pullRequest })),
    ),
  );
}

const isOpen = ({ repository, pullRequest: { state, source, destination } }: Place): boolean =>
  state === 'OPEN' && source.fork === null && destination.branch === repository.mainBranch;
const isElsewhere = ({ repository, pullRequest: { state, destination } }: Place): boolean =>
  state === 'MERGED' && destination.branch !== repository.mainBranch;

/** What is stored of its commits: the hashes, whether they are all, and for which head. */
async function readKnown({ stores }: RunningProduct, { workspace, repository, pullRequest }: Place) {
  const of = [workspace.uuid, repository.uuid, pullRequest.id] as const;
  const commits = await stores.pullRequests.listCommits(...of);
  const { commitsState = null, commitsHead = null, mergedAt = null } = (await stores.pullRequests.get(...of)) ?? {};
  return { commits: commits.map(({ hash }) => hash).toSorted(), commitsState, commitsHead, mergedAt };
}

const listSingles = ({ simulator }: RunningProduct): number[] =>
  simulator.requests.entries.flatMap(({ path }) => single.exec(path)?.[1] ?? []).map(Number);

it.each([
  ['in topological order', {}],
  ['by date', { commitOrder: 'by date' }],
  ['with whole hashes', { hashLength: 40 }],
] as const)('commits of open pull requests and of merges elsewhere are read together: %s', async (_what, habits) => {
  const world = createWorld(habits);
  const product = await importWorld(world);
  const places = listAll(world);
  for (const kind of [isOpen, isElsewhere]) {
    const some = places.filter(kind);
    expect(some.length).toBeGreaterThan(1);
    for (const place of some) {
      const { commits } = await readKnown(product, place);
      expect(commits).toEqual([...place.pullRequest.commits].toSorted());
      expect(listSingles(product)).not.toContain(place.pullRequest.id);
    }
  }
  expect(product.simulator.requests.entries.filter(({ path }) => joint.test(path)).length).toBeLessThanOrEqual(4);
});

it('what is read together is what is read singly, however a repository merges', async () => {
  const create = () => createMixedWorld({ seed: 2, pullRequests: 30 });
  const [together, alone] = [await importWorld(create()), await importWorld(create(), () => Promise.resolve(false))];
  expect(listSingles(together).length).toBeLessThan(listSingles(alone).length);
  for (const place of listAll(create())) {
    expect(await readKnown(together, place)).toEqual(await readKnown(alone, place));
  }
});

it('a head that Bitbucket does not find leaves all of them to be asked singly', async () => {
  const world = createWorld();
  const [first, ...others] = listAll(world).filter(isOpen);
  if (first === undefined) throw new Error('Nothing is open.');
  first.pullRequest.source.hash = hashOf('never pushed');
  const product = await importWorld(world);
  for (const place of others) {
    expect(await readKnown(product, place)).toMatchObject({ commits: [...place.pullRequest.commits].toSorted() });
    expect(listSingles(product)).toContain(place.pullRequest.id);
  }
});

it('what was read while they were asked for is newer, and stays', async () => {
  const world = createWorld();
  const [place] = listAll(world).filter(isOpen);
  if (place === undefined) throw new Error('Nothing is open.');
  const { workspace, repository, pullRequest } = place;
  const newer = { number: pullRequest.id, head: hashOf('pushed meanwhile'), isComplete: true, seenAt: mixedNow };
  const commits = [{ hash: newer.head, authoredAt: mixedNow }];
  const product = await importWorld(world, async ({ stores }) => {
    await stores.pullRequests.saveCommits(workspace.uuid, repository.uuid, [{ ...newer, commits }]);
    return true;
  });
  expect(await readKnown(product, place)).toMatchObject({ commits: [newer.head], commitsHead: newer.head });
});
