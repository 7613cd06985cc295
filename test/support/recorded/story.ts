import type { SimulatorNotice } from '../../../simulator/connect/deliver-notice';
import { createFixedClock, type FixedClock } from '../fixed-clock';
import { startProduct, type RunningProduct } from '../product/start-product';
import { createMixedWorld, mixedNow } from '../product/mixed-world';
import { waitUntil } from '../product/wait-until';

const minute = 60_000;
const day = 1_440 * minute;

/** When the workspace of the story is installed. */
const storyBegins = mixedNow + day;

export interface Story {
  readonly product: RunningProduct;
  readonly clock: FixedClock;
  readonly workspace: string;
}

/**
 * A workspace that is imported, lives for a month, and is put right by hand: the same to the last digit each time. What
 * it answers is kept in `answers.json`, its database as an earlier version left it in `database-0004.sqlite.gz`.
 */
export async function playStory(): Promise<Story> {
  const clock = createFixedClock(storyBegins);
  const world = createMixedWorld({ seed: 11, pullRequests: 40 });
  const product = await startProduct({ world, clock });
  await product.install();
  await product.untilImported();
  await product.untilQuiet();
  const workspace = world.workspaces[0]?.uuid ?? '';
  const story = { product, clock, workspace };
  await liveOn(story);
  await putRight(story);
  clock.advance(61 * minute);
  await untilCompared(story);
  return story;
}

/** Until all repositories have been compared with Bitbucket at the present instant: then nothing more comes of itself. */
async function untilCompared({ product, clock }: Story): Promise<void> {
  await waitUntil(
    async () => {
      const { body } = await product.api('/metrics/accelerate', { session: await product.openPage() });
      const report = body as { completeness: { verified_at: string } };
      return report.completeness.verified_at === new Date(clock.now()).toISOString() ? true : null;
    },
    { withinMs: 90_000, what: 'the comparison with Bitbucket' },
  );
}

/** Features, a hotfix, a revert, a draft, a change of the default branch and of a team, in two repositories. */
async function liveOn({ product, clock }: Story): Promise<void> {
  const { pullRequests, repositories } = product.simulator;
  const activities: (() => Promise<void>)[] = [];
  for (const repository of ['merge-commit-1', 'squash-2']) {
    for (const [index, kind] of ['feature', 'feature', 'hotfix', 'revert', 'draft'].entries()) {
      activities.push(async () => {
        clock.advance(5 * 60 * minute + index * 7 * minute);
        await change(product, { repository, kind, clock });
      });
    }
  }
  for (const activity of activities) await activity();
  await tell(product, repositories.setDefaultBranch({ repository: 'squash-2', branch: 'draft/live' }));
  const { pullRequest, notices } = pullRequests.openPullRequest({
    repository: 'squash-2',
    title: 'After the default branch moved',
    sourceBranch: 'feature/moved',
    destination: 'master',
    commits: [{ message: 'Move' }],
  });
  await tell(product, notices);
  await tell(product, pullRequests.merge({ repository: 'squash-2', id: pullRequest.id }));
}

interface Change {
  readonly repository: string;
  readonly kind: string;
  readonly clock: FixedClock;
}

async function change(product: RunningProduct, { repository, kind, clock }: Change): Promise<void> {
  const { pullRequests, world } = product.simulator;
  const { pullRequest, notices } = pullRequests.openPullRequest({
    repository,
    title: `A ${kind} of ${repository}`,
    sourceBranch: kind === 'revert' ? 'revert-pr-41' : `${kind}/live`,
    commits: [{ authoredAt: clock.now() - 90 * minute, message: 'One' }, { message: 'Two' }],
    isDraft: kind === 'draft',
  });
  await tell(product, notices);
  const [workspace] = world.workspaces;
  const reviewer = [...(workspace?.people.keys() ?? [])].find((uuid) => uuid !== pullRequest.authorUuid);
  const doing = { repository, id: pullRequest.id, by: reviewer ?? '' };
  const activities = [
    () => pullRequests.comment(doing).notices,
    () => pullRequests.approve(doing),
    () => pullRequests.merge(doing),
  ];
  for (const activity of kind === 'draft' ? activities.slice(0, 1) : activities) {
    clock.advance(47 * minute);
    await tell(product, activity());
  }
}

async function tell(product: RunningProduct, notices: readonly SimulatorNotice[]): Promise<void> {
  await product.simulator.deliverAll(notices);
  await product.untilQuiet();
}

interface PutRight extends Pick<Story, 'clock' | 'workspace'> {
  readonly product: Pick<RunningProduct, 'api' | 'openPage' | 'stores'>;
}

/** What administrators do: another zone, exclusions, a team by hand, corrections and a note. */
export async function putRight({ product, clock, workspace }: PutRight): Promise<void> {
  const { stores } = product;
  const session = await product.openPage('settings');
  const [bot] = (await stores.people.list(workspace)).filter(({ displayName }) => /bot/iu.test(displayName ?? ''));
  await product.api('/settings', {
    method: 'PATCH',
    session,
    body: { timezone: 'America/New_York', exclusions: { people: bot === undefined ? [] : [bot.uuid] } },
  });
  const people = await stores.people.list(workspace);
  const members = people.slice(0, 4).map(({ uuid }, index) => ({
    userUuid: uuid,
    since: index === 0 ? null : mixedNow - 100 * day,
    until: index === 1 ? mixedNow - 10 * day : null,
  }));
  await stores.teams.saveManual(workspace, { slug: null, name: 'By hand', members });
  await correct({ stores, workspace, now: clock.now() });
  await stores.notes.add(workspace, { date: '2024-06-20', text: 'A new test stage', by: null, now: clock.now() });
}

async function correct({
  stores,
  workspace,
  now,
}: Pick<RunningProduct, 'stores'> & { workspace: string; now: number }) {
  const [repository = ''] = (await stores.repositories.list(workspace))
    .filter(({ slug }) => slug === 'merge-commit-1')
    .map(({ uuid }) => uuid);
  const merged = await stores.pullRequests.list(workspace, repository, { state: 'MERGED' });
  const toId = (one: { readonly number: number } | undefined): string =>
    `${repository}/pullrequests/${one?.number ?? 0}`;
  const made = { reason: 'For the record', madeBy: null, madeAt: now, target: null };
  const hotfix = toId(merged.find(({ title }) => title.startsWith('A hotfix')));
  const corrections = [
    { ...made, kind: 'leave_out_pull_request', subject: toId(merged[2]) },
    { ...made, kind: 'leave_out_deployment', subject: toId(merged[1]) },
    { ...made, kind: 'leave_out_incident', subject: toId(merged[0]) },
    { ...made, kind: 'link_incident', subject: hotfix, target: toId(merged.at(-1)) },
  ] as const;
  for (const correction of corrections) await stores.corrections.add(workspace, correction);
}
