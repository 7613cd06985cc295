import type { PageAnswer, FormRequest, RoomsDependencies } from '../../presentation/frame/page-dependencies';
import { findSlug, formatSettingsHref } from '../../presentation/format/links';
import { showPage } from '../../presentation/frame/show-page';
import { buildFirstStepsView } from './first-steps-view';

/** How soon an open page looks again: until the last step is done. */
const liveSeconds = 5;

/** Getting started, of a whole workspace. */
export async function answerGettingStarted(
  { caller }: FormRequest,
  { importStatus, reporting, links, bitbucketUrl }: RoomsDependencies,
): Promise<PageAnswer> {
  const [snapshot, status] = await Promise.all([
    reporting.open(caller.workspace, caller.sight.repositories),
    importStatus.load(caller.workspace, caller.sight.repositories),
  ]);
  const slug = findSlug(snapshot);
  const outside = { text: '', isOutside: true };
  const view = buildFirstStepsView({
    steps: snapshot.findFirstSteps(),
    pullRequests: status.pull_requests,
    links: {
      overview: { href: links.page('workspace'), text: '' },
      toSettings: (section) => ({ href: formatSettingsHref(links, { bitbucketUrl, slug }, section), ...outside }),
      repositories: { href: `${bitbucketUrl}/${slug}/workspace/repositories`, ...outside },
    },
  });
  const isDone = view.steps.every((step) => step.isDone);
  const address = links.page('gettingStarted');
  return showPage('getting-started', view, { address, live: isDone ? null : liveSeconds });
}
