import { Router, type NextFunction, type Request, type Response } from 'express';
import { openOwnWindow } from './own-window/open-own-window';
import { buildBar } from './own-window/top-bar';
import { createLinks, pagePaths, type PageName } from './routing/paths';
import { assetVersion } from './routing/static-assets';
import type { PageCaller, WebDependencies, WebLocals } from './routing/web-dependencies';
import type { RenderMessage } from './middleware/error-doors';
import { messagePages, buildErrorView, type MessagePageView } from './presentation/frame/message-page';
import { answerGettingStarted } from './pages/getting-started/getting-started-page';
import { answerRepository, answerWorkspace } from './pages/overview/overview-page';
import type { AnswerPage, PageAnswer, PagesDependencies } from './presentation/frame/page-dependencies';
import { answerPullRequestPanel } from './pages/panels/pull-request-panel-page';
import { answerRepositoryPanel } from './pages/panels/repository-panel-page';
import { answerPullRequest } from './pages/pull-request/pull-request-page';
import { answerReviews } from './pages/reviews/reviews-page';
import { answerDeployments, answerIncidents, answerPullRequests } from './pages/rows/rows-page';
import { answerSettings } from './pages/settings/settings-page';
import { answerWorkInProgress } from './pages/work-in-progress/work-in-progress-page';
import { readTheme, buildPageFrame, withTheme, type BarView } from './presentation/frame/page-frame';
import { readOne, readPageParameters } from './presentation/filter/page-parameters';
import { formatSight } from './presentation/frame/sight-line';
import { pageRenderer } from './presentation/frame/page-renderer';

const answers: Record<PageName, AnswerPage> = {
  workspace: answerWorkspace,
  repository: answerRepository,
  deployments: answerDeployments,
  incidents: answerIncidents,
  reviews: answerReviews,
  workInProgress: answerWorkInProgress,
  pullRequests: answerPullRequests,
  pullRequest: answerPullRequest,
  repositoryPanel: answerRepositoryPanel,
  pullRequestPanel: answerPullRequestPanel,
  settings: answerSettings,
  gettingStarted: answerGettingStarted,
};

export interface Pages {
  readonly router: Router;
  readonly renderMessage: RenderMessage;
}

/**
 * The pages, to be mounted after a middleware has set `res.locals.page`. A GET and a POST of a page answer alike:
 * the form of a page without JavaScript posts its session and the address it wants to see.
 */
export function createPages(web: WebDependencies): Pages {
  const { baseUrl, bitbucketUrl, importDays = null } = web.settings;
  const inFrame = { ...web, links: createLinks(baseUrl, assetVersion), bitbucketUrl, importDays };
  const renderMessage = createRenderMessage(inFrame, web);
  const router = Router();
  for (const [name, answer] of Object.entries(answers)) {
    const handle = async (req: Request, res: Response, next: NextFunction) => {
      const { page: caller } = res.locals as WebLocals;
      if (caller === undefined) {
        next();
        return;
      }
      const parameters = readPageParameters(req);
      const ownWindow = await openOwnWindow(caller, web);
      const dependencies = ownWindow === null ? inFrame : { ...inFrame, links: ownWindow.links };
      const answered = await answer({ caller, parameters, isPost: req.method === 'POST' }, dependencies);
      const bar = ownWindow?.bar ?? null;
      await send(res, answered, { caller, theme: readOne(parameters, 'theme'), dependencies, bar, renderMessage });
    };
    router.all(pagePaths[name as PageName], (req, res, next) => void handle(req, res, next).catch(next));
  }
  return { router, renderMessage };
}

interface Sending {
  readonly caller: PageCaller;
  readonly theme: string | null;
  readonly dependencies: PagesDependencies;
  readonly bar: BarView | null;
  readonly renderMessage: RenderMessage;
}

async function send(res: Response, answer: PageAnswer, sending: Sending): Promise<void> {
  if (answer.kind === 'csv') {
    res.set('Content-Disposition', `attachment; filename="${answer.fileName}"`).type('text/csv').send(answer.text);
    return;
  }
  if (answer.kind === 'not-found') {
    res
      .status(404)
      .type('html')
      .send(
        await sending.renderMessage('not-found', { address: '', requestId: '', isOwnWindow: sending.bar !== null }),
      );
    return;
  }
  const { links, bitbucketUrl } = sending.dependencies;
  const theme = readTheme(sending.theme ?? undefined);
  const address = withTheme(answer.address, theme);
  const { session, sight } = sending.caller;
  const shown = { ...answer, address, session, theme, sight: formatSight(sight), bar: sending.bar };
  const frame = buildPageFrame(shown, links, bitbucketUrl);
  res
    .status(answer.status)
    .type('html')
    .send(await pageRenderer.renderDocument(answer.template, answer.view, frame));
}

function createRenderMessage({ links, bitbucketUrl }: PagesDependencies, { settings }: WebDependencies): RenderMessage {
  const ownLinks = createLinks(settings.baseUrl, assetVersion, { workspace: null });
  return (kind, { address, requestId, isOwnWindow }) => {
    const view: MessagePageView = kind === 'error' ? buildErrorView(requestId) : messagePages[kind];
    const theme = readTheme(new URLSearchParams(address.split('?', 2)[1]).get('theme') ?? undefined);
    const bar = isOwnWindow ? buildBar(null, ownLinks) : null;
    const frame = buildPageFrame({ title: view.title, address, session: null, theme, bar }, links, bitbucketUrl);
    return pageRenderer.renderDocument('message', view, frame);
  };
}
