import { createPullRequest, createRepository, declinePullRequest } from '../../simulator/world/growth/grow-repository';
import { createWorkspace } from '../../simulator/world/growth/sample-world';
import { addCommit } from '../../simulator/world/commit-graph';
import { createAccount, toRawAuthor } from '../../simulator/world/people';
import { startSimulator, type Simulator } from '../../simulator/simulator';
import type { Account, Repository } from '../../simulator/world/model';
import type { Clock } from '../../src/domain/clock';
import { referenceAppKey, referenceSecret } from '../reference/access';
import { drawMerges } from '../reference/draw-merges';
import type { ReferenceRepository, ReferenceWorkspace } from '../reference/shape';
import { atEnd } from './run-program';

/** The app in it, as if it had been installed there: for a product that was started with the simulator's address. */
export async function installReference(simulator: Simulator, url: string): Promise<void> {
  await simulator.installations.adopt(simulator.room.findWorkspace(undefined), {
    appUrl: url,
    secret: referenceSecret,
  });
}

/** A Bitbucket that has the repositories and the people of the reference data, and goes on where its numbers end. */
export async function simulateReference(workspace: ReferenceWorkspace, clock: Clock): Promise<Simulator> {
  const people = workspace.people.map(({ uuid, name }): Account => ({ ...createAccount(name), uuid }));
  const owner = people.at(-1) ?? createAccount('Owner');
  const numbers = countMerges(workspace);
  const now = clock.now();
  const repositories = workspace.repositories.map((one) => {
    return buildRepository(one, { owner, last: numbers.get(one.uuid) ?? 0, now });
  });
  const groups = workspace.teams.map(({ slug, name, members }) => ({ slug, name, memberUuids: [...members] }));
  const whole = createWorkspace(workspace.slug, {
    ...{ name: `Reference ${workspace.index + 1}`, staff: { people, owner }, groups, repositories, now },
  });
  const world = { seed: 0, workspaces: [{ ...whole, uuid: workspace.uuid }] };
  const simulator = await startSimulator({ world, appKey: referenceAppKey, clock });
  atEnd(() => simulator.close());
  return simulator;
}

function countMerges(workspace: ReferenceWorkspace): Map<string, number> {
  const last = new Map<string, number>();
  for (const { repository, number } of drawMerges(workspace)) last.set(repository.uuid, number);
  return last;
}

interface Place {
  readonly owner: Account;
  readonly last: number;
  readonly now: number;
}

/** With one commit on main, and one declined pull request that has the number after the last. */
function buildRepository({ uuid, slug, name }: ReferenceRepository, { owner, last, now }: Place): Repository {
  const created = createRepository({ slug, name, language: 'go', strategy: 'squash', from: now });
  const repository: Repository = { ...created, uuid };
  const by = { authorUuid: owner.uuid, rawAuthor: toRawAuthor(owner), authoredAt: now, committedAt: now };
  const size = { linesAdded: 1, linesRemoved: 0, files: 1 };
  const root = addCommit(repository, { ...by, parents: [], message: 'Begin\n', size });
  repository.mainBranch = 'main';
  repository.branches.set('main', root.hash);
  const told = { title: 'Withdrawn', author: owner, openedAt: now, destination: 'main' };
  const declined = createPullRequest(last + 1, told);
  declined.source = { branch: 'withdrawn', hash: root.hash, fork: null, isForkGone: false };
  declined.destination = { branch: 'main', hash: root.hash };
  declinePullRequest(declined, { state: 'DECLINED', at: now, byUuid: owner.uuid });
  repository.pullRequests.set(declined.id, declined);
  return repository;
}
