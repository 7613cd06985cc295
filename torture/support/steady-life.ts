import type { SimulatorNotice } from '../../simulator/connect/deliver-notice';
import type { Simulator } from '../../simulator/simulator';
import type { Chance } from '../../simulator/world/random';

interface Life {
  readonly simulator: Simulator;
  readonly chance: Chance;
}

interface OpenOne {
  readonly repository: string;
  readonly id: number;
}

const openedShare = 0.25;
const mergedShare = 0.4;

/**
 * What happens in the first workspace, an act a call, each at the present moment of Bitbucket's clock: pull requests are
 * opened, talked about, pushed to, approved and merged. Tells what there is to be told of it.
 */
export function createSteadyLife({ simulator, chance }: Life): () => readonly SimulatorNotice[] {
  const { repositories, people } = simulator.room.findWorkspace(undefined);
  const slugs = [...repositories.values()].filter(({ mainBranch }) => mainBranch !== null).map(({ slug }) => slug);
  const atWork = [...people.values()].filter(({ kind, isFormer }) => kind === 'user' && !isFormer);
  const opened: OpenOne[] = [];
  const open = (): readonly SimulatorNotice[] => {
    const repository = chance.pick(slugs);
    const newest = Math.max(0, ...simulator.room.enter({ repository }).repository.pullRequests.keys());
    const branches = [`live/${newest + 1}`, `hotfix/${newest + 1}`, `revert-pr-${newest}`];
    const { pullRequest, notices } = simulator.pullRequests.openPullRequest({
      ...{ repository, by: chance.pick(atWork).uuid, closeSourceBranch: false, commits: [{}, {}] },
      sourceBranch: chance.happens(0.7) ? (branches[0] ?? '') : chance.pick(branches),
    });
    opened.push({ repository, id: pullRequest.id });
    return notices;
  };
  return () => {
    if (opened.length === 0 || chance.happens(openedShare)) return open();
    const one = chance.pick(opened);
    const on = { ...one, by: chance.pick(atWork).uuid };
    if (!chance.happens(mergedShare)) return touch(simulator, { ...on, how: chance.between(0, 2) });
    opened.splice(opened.indexOf(one), 1);
    return simulator.pullRequests.merge({ ...on, strategy: chance.pick(['squash', 'merge_commit']) });
  };
}

function touch(
  { pullRequests }: Pick<Simulator, 'pullRequests'>,
  { how, ...on }: OpenOne & { readonly by: string; readonly how: number },
): readonly SimulatorNotice[] {
  if (how === 0) return pullRequests.comment(on).notices;
  return how === 1 ? pullRequests.push({ ...on, commits: [{}] }) : pullRequests.approve(on);
}
