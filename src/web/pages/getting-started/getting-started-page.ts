import type { PageAnswer, PageRequest, PagesDependencies } from '../../presentation/frame/page-dependencies';
import { toFirstStepsView } from './first-steps-view';

/** How soon an open page looks again: until the last step is done. */
const liveSeconds = 5;

/** Getting started, of a whole workspace. */
export async function answerGettingStarted(
  { caller }: PageRequest,
  { administration, importStatus, reporting, links, bitbucketUrl }: PagesDependencies,
): Promise<PageAnswer> {
  const { workspace } = caller;
  const [steps, status, slug] = await Promise.all([
    administration.loadFirstSteps(workspace),
    importStatus.load(workspace),
    loadSlug(workspace, reporting),
  ]);
  const outside = { text: '', isOutside: true };
  const view = toFirstStepsView({
    steps,
    pullRequests: status.pull_requests,
    links: {
      overview: { href: links.page('workspace'), text: 'Back to the overview' },
      settings: { href: `${bitbucketUrl}/${slug}/workspace/settings`, ...outside },
      repositories: { href: `${bitbucketUrl}/${slug}/workspace/repositories`, ...outside },
    },
  });
  const isDone = view.steps.every((step) => step.isDone);
  return {
    kind: 'page',
    status: 200,
    template: 'getting-started',
    title: view.title,
    view,
    address: links.page('gettingStarted'),
    live: isDone ? null : liveSeconds,
  };
}

/** The slug under which Bitbucket's own pages of the workspace are found; it takes the uuid as well. */
export async function loadSlug(workspace: string, reporting: PagesDependencies['reporting']): Promise<string> {
  const parsed = await reporting.parseFilter(workspace, {}, { repositoryUuid: null });
  const slug = 'problems' in parsed ? '' : (await reporting.loadAccelerate(workspace, parsed.filter)).workspace.slug;
  return slug === '' ? workspace : slug;
}
