import type { SimulatorNotice } from '../../../simulator/connect/deliver-notice';
import type { Simulator } from '../../../simulator/simulator';
import { ben, cleo, dan, type Situation } from './situation';
import { openPullRequest } from './open-pull-request';

/** Something that happens in Bitbucket, and what it would tell of it. */
export type Act = () => readonly SimulatorNotice[];

/** The repositories of these lives: `shop` squashes, `pay` merges. */
export const repositoriesOfActs = [
  { slug: 'shop', strategy: 'squash' },
  { slug: 'pay', strategy: 'merge_commit' },
] as const;

const shop = (id: number, by = cleo) => ({ repository: 'shop', id, by: by.uuid });
const pay = (id: number, by = dan) => ({ repository: 'pay', id, by: by.uuid });
const createOpening =
  (simulator: Simulator) =>
  (opening: Parameters<typeof openPullRequest>[1]): Act =>
  () =>
    openPullRequest({ simulator }, opening).notices;

/**
 * A few weeks of two repositories and some that come and go: everything that notices tell of, in the order in which it
 * happens; the same each time. Of a verdict that is taken back Bitbucket keeps nothing that could be asked for later:
 * with `isKept` there is none such.
 */
export function listActs(
  { simulator }: Pick<Situation, 'simulator'>,
  { isKept = false }: { readonly isKept?: boolean } = {},
): readonly Act[] {
  const unlessKept = (...acts: readonly Act[]) => (isKept ? [] : acts);
  const { pullRequests } = simulator;
  const open = createOpening(simulator);
  let comment = 0;
  return [
    open({ repository: 'shop', commits: [{ message: 'One' }, { message: 'Two' }] }),
    () => {
      const said = pullRequests.comment(shop(1));
      comment = said.id;
      return said.notices;
    },
    ...unlessKept(
      () => pullRequests.approve(shop(1)),
      () => pullRequests.unapprove(shop(1)),
    ),
    () => pullRequests.push({ ...shop(1, ben), commits: [{ message: 'Three' }] }),
    () => pullRequests.deleteComment({ ...shop(1), commentId: comment }),
    () => pullRequests.approve(shop(1, dan)),
    () => pullRequests.merge(shop(1)),
    open({ repository: 'shop', sourceBranch: 'hotfix/one', title: 'Mend it' }),
    () => pullRequests.merge(shop(2)),
    open({ repository: 'pay', commits: [{ message: 'First' }] }),
    () => pullRequests.requestChanges(pay(1)),
    () => pullRequests.push({ ...pay(1, ben), commits: [{ message: 'Second' }], force: true }),
    ...unlessKept(() => pullRequests.withdrawChanges(pay(1))),
    () => pullRequests.edit({ ...pay(1, ben), title: 'Pay by card' }),
    () => pullRequests.approve(pay(1, cleo)),
    () => pullRequests.merge(pay(1)),
    open({ repository: 'pay', title: 'Revert "Pay by card"', sourceBranch: 'revert-pr-1' }),
    () => pullRequests.merge(pay(2)),
    open({ repository: 'pay', isDraft: true }),
    () => pullRequests.edit({ ...pay(3, ben), isDraft: false }),
    () => pullRequests.decline(pay(3)),
    ...listLaterActs(simulator),
  ];
}

/** Another default branch, and repositories that come, are renamed, copied and deleted. */
function listLaterActs(simulator: Simulator): readonly Act[] {
  const { pullRequests, repositories } = simulator;
  const open = createOpening(simulator);
  return [
    () => repositories.commit({ repository: 'shop', branch: 'develop' }),
    () => repositories.setDefaultBranch({ repository: 'shop', branch: 'develop' }),
    open({ repository: 'shop', destination: 'develop' }),
    () => pullRequests.merge(shop(3)),
    () => repositories.createRepository({ slug: 'new' }).notices,
    open({ repository: 'new' }),
    () => pullRequests.merge({ repository: 'new', id: 1 }),
    () => repositories.renameRepository({ repository: 'new', name: 'Newer' }),
    () => repositories.forkRepository({ repository: 'newer', slug: 'copy' }).notices,
    open({ repository: 'copy' }),
    () => repositories.deleteRepository({ repository: 'copy' }),
    open({ repository: 'shop', destination: 'develop', title: 'Still open' }),
    () => pullRequests.comment(shop(4)).notices,
  ];
}

const routes = [
  ...['/metrics/accelerate', '/metrics/reviews', '/metrics/work-in-progress', '/deployments', '/incidents'],
  ...['/pull-requests?state=merged', '/pull-requests?state=open', '/systems', '/teams'],
];

/** What goes on while nothing happens, and what differs from one Bitbucket to the other. */
const passing = new Set([
  ...['url', 'as_of', 'verified_at', 'imported_since', 'time_in_progress', 'time_stale', 'stale', 'time_open'],
]);

/** Every number and row of the API, without what only the clock changes. */
export async function readNumbers(
  { get }: Pick<Situation, 'get'>,
  everything: string,
): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const route of routes) {
    const query = /metrics/u.test(route) ? everything : `${everything}&limit=500`;
    const isList = /systems|teams/u.test(route);
    const address = isList ? route : `${route}${route.includes('?') ? '&' : '?'}${query}`;
    found[route] = JSON.parse(
      JSON.stringify(await get<unknown>(address), (name, value: unknown) => (passing.has(name) ? undefined : value)),
    );
  }
  return found;
}
