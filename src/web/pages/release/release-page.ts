import { formatDeployId } from '../../../domain/deployments/deploy-id';
import type { PullRequestTimeLine } from '../../../reporting/time-line/time-line';
import { readNumber } from '../../presentation/filter/page-parameters';
import type { MessagePageView } from '../../presentation/frame/message-page';
import {
  buildOwnHref,
  buildPageAnswer,
  isAnswer,
  loadPageContext,
  type OpenedPage,
} from '../../presentation/frame/page-context';
import type { PageAnswer, PageRequest, PagesDependencies } from '../../presentation/frame/page-dependencies';
import { buildRowEditing } from '../../presentation/frame/row-editing-context';
import { showPage } from '../../presentation/frame/show-page';
import { createFindOutcome } from '../../presentation/releases/outcome';
import { openReleaseEditing } from '../../presentation/releases/release-edits';
import { buildReleaseWays } from '../../presentation/releases/release-ways';
import { tellEvents } from '../../presentation/releases/tell-events';
import type { Links } from '../../routing/paths';
import { buildReleaseView } from './release-view';
import { releasePageWords } from './words';

/**
 * One deployment: what it brought, what failed and how that ended. What is not there, or not the caller's, is not found;
 * a pull request that was no deployment says what it is.
 */
export async function answerRelease(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  const number = readNumber(request.parameters, 'release');
  if (number === null) {
    return { kind: 'not-found' };
  }
  const own = { release: String(number) };
  const pageContext = await loadPageContext(request, dependencies, { name: 'release', own });
  if (isAnswer(pageContext)) {
    return pageContext;
  }
  const { repository, snapshot, filter } = pageContext;
  if (repository === null) {
    return { kind: 'not-found' };
  }
  const release = await snapshot.readRelease(repository.uuid, number, filter);
  if (release === null) return explainNone(pageContext, number, dependencies.links);
  const editing = buildRowEditing(request, { pageContext }, dependencies.links);
  const material = {
    ...{ pageContext, workspace: snapshot.workspace.slug, release, ...(await readFailures(pageContext, number)) },
    ...openReleaseEditing(editing, snapshot, filter),
  };
  return buildPageAnswer(pageContext, 'release', buildReleaseView(material, dependencies.links));
}

/** Events are looked for among all that the caller may see: a failure may have been ended in another repository. */
async function readFailures({ snapshot, filter, repository }: OpenedPage, number: number) {
  const { events, incidents } = snapshot.listFailures({ ...filter, systems: [], teams: [] });
  const deployId = formatDeployId({ repositoryUuid: repository?.uuid ?? '', number });
  const own = events.filter(({ failed, fixes }) => failed.includes(deployId) || fixes.includes(deployId));
  const around = incidents.find((one) => one.deployId === deployId || one.fixDeployId === deployId)?.createdAt ?? 0;
  const told = await tellEvents(snapshot, { events: own, around, isRaw: filter.isRaw });
  return { told, findOutcome: createFindOutcome(incidents) };
}

async function explainNone(pageContext: OpenedPage, number: number, links: Links): Promise<PageAnswer> {
  const uuid = pageContext.repository?.uuid ?? '';
  const timeLine = await pageContext.snapshot.readTimeLine(uuid, number);
  if (timeLine === null) {
    return { kind: 'not-found' };
  }
  const words = releasePageWords.none;
  const { toTimeLineHref } = buildReleaseWays(pageContext, links);
  const view: MessagePageView = {
    title: words.title(number),
    text: words.text,
    details: [formatState(timeLine)],
    step: { href: toTimeLineHref(uuid, number), text: words.step(number) },
  };
  return showPage('message', view, { address: buildOwnHref(pageContext), live: null, status: 404 });
}

function formatState({ state, mergedAt, destination }: PullRequestTimeLine): string {
  const words = releasePageWords.none;
  if (state === 'MERGED') {
    if (mergedAt === null) return words.undated;
    return destination === null ? words.unknown : words.elsewhere(destination);
  }
  return state === 'OPEN' ? words.open : words.closed;
}
