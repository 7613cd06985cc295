import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type NextFunction, type Request, type Response } from 'express';
import { BodyMemory, toBodyKey } from './bodies/body-memory';
import { createPageBody, sessionMark, type PageBody } from './bodies/page-body';
import { answerUnchanged, sendBody } from './bodies/send-body';
import { openOwnWindow } from './own-window/open-own-window';
import { buildBar } from './own-window/top-bar';
import { createLinks, pagePaths, type PageName } from './routing/paths';
import { assetVersion } from './routing/static-assets';
import type { PageCaller, WebDependencies, WebLocals } from './routing/web-dependencies';
import { sendMessagePage, type RenderMessage } from './middleware/error-doors';
import type { Turns } from './middleware/turns';
import { nameCaller, takeTurn } from './middleware/work-turns';
import { messagePages, buildErrorView, type MessagePageView } from './presentation/frame/message-page';
import { answerDataQuality } from './pages/data-quality/data-quality-page';
import { answerDay } from './pages/day/day-page';
import { answerCorrections } from './pages/corrections/corrections-page';
import { answerGettingStarted } from './pages/getting-started/getting-started-page';
import { answerRepository, answerWorkspace } from './pages/overview/overview-page';
import type {
  AnswerForms,
  AnswerPage,
  PageAnswer,
  PageReader,
  RoomsDependencies,
} from './presentation/frame/page-dependencies';
import { answerPullRequestPanel } from './pages/panels/pull-request-panel-page';
import { answerRepositoryPanel } from './pages/panels/repository-panel-page';
import { answerPullRequest } from './pages/pull-request/pull-request-page';
import { answerRelease } from './pages/release/release-page';
import { answerReviews } from './pages/reviews/reviews-page';
import { answerDeployments, answerIncidents, answerPullRequests } from './pages/rows/rows-page';
import { answerSettings } from './pages/settings/settings-page';
import { answerViews } from './pages/views/views-page';
import { answerWorkInProgress } from './pages/work-in-progress/work-in-progress-page';
import { readTheme, buildPageFrame, withTheme, type BarView } from './presentation/frame/page-frame';
import type { PageParameters } from './presentation/filter/page-filter';
import { readOne, readPageParameters } from './presentation/filter/page-parameters';
import { findLastView, keepChosenView } from './presentation/frame/last-view';
import { formatSight } from './presentation/frame/sight-line';
import { pageRenderer } from './presentation/frame/page-renderer';

/** Pages of numbers: their bodies are kept. */
const numbers = {
  workspace: answerWorkspace,
  repository: answerRepository,
  deployments: answerDeployments,
  incidents: answerIncidents,
  reviews: answerReviews,
  workInProgress: answerWorkInProgress,
  pullRequests: answerPullRequests,
  pullRequest: answerPullRequest,
  dataQuality: answerDataQuality,
  day: answerDay,
  release: answerRelease,
  repositoryPanel: answerRepositoryPanel,
  pullRequestPanel: answerPullRequestPanel,
} as const satisfies Partial<Record<PageName, AnswerPage>>;

export type NumbersPage = keyof typeof numbers;
export const numbersPages = Object.keys(numbers) as readonly NumbersPage[];

/** Pages with forms that write, or about more than numbers: made anew each time. */
const forms: Readonly<Record<Exclude<PageName, NumbersPage>, AnswerForms>> = {
  settings: answerSettings,
  gettingStarted: answerGettingStarted,
  corrections: answerCorrections,
  views: answerViews,
};

/** Of all bodies that are kept. */
const mostBytes = 64 * 2 ** 20;

export interface Pages {
  readonly router: Router;
  /** The body that is kept of just this page for just this caller; `null`: it would have to be made. */
  readonly findKept: (asked: KeptVisit) => Promise<PageBody | null>;
  readonly renderMessage: RenderMessage;
}

/** What of a request for a page of numbers its body depends on. */
export interface KeptVisit {
  readonly page: NumbersPage;
  readonly caller: PageReader & Pick<PageCaller, 'signIn' | 'viewer'>;
  readonly parameters: PageParameters;
}

/** One request for a page, with whoever was let in, and where it is shown. */
interface Visit {
  readonly request: Request;
  readonly response: Response;
  readonly caller: PageCaller;
  readonly parameters: PageParameters;
  /** `null`: inside Bitbucket's frame. */
  readonly bar: BarView | null;
  readonly dependencies: RoomsDependencies;
  readonly renderMessage: RenderMessage;
  /** Waits until the page is made for this caller; `false`: they asked for too much, and were told so. */
  readonly mayWork: () => Promise<boolean>;
}

/**
 * The pages, to be mounted after a middleware has set `res.locals.page`. A GET and a POST of a page answer alike:
 * the form of a page without JavaScript posts its session and the address it wants to see.
 */
export function createPages(web: WebDependencies & { readonly turns: Turns }): Pages {
  const { baseUrl, bitbucketUrl, importDays = null } = web.settings;
  const inFrame = { ...web, links: createLinks(baseUrl, assetVersion), bitbucketUrl, importDays };
  const renderMessage = createRenderMessage(inFrame, web);
  const memory = new BodyMemory(mostBytes);
  const router = Router();
  const mount = (name: PageName, show: (visit: Visit) => Promise<void>) => {
    const handle = async (request: Request, response: Response, next: NextFunction) => {
      const { page: caller } = response.locals as WebLocals;
      if (caller === undefined) {
        next();
        return;
      }
      const ownWindow = await openOwnWindow(caller, web);
      const dependencies = ownWindow === null ? inFrame : { ...inFrame, links: ownWindow.links };
      const asked = { request, response, caller, parameters: readPageParameters(request) };
      const mayWork = async () => {
        const hasTurn = await takeTurn({ request, response }, web.turns, nameCaller(caller));
        if (!hasTurn) await sendMessagePage({ request, response, renderMessage }, 'too-much');
        return hasTurn;
      };
      await show({ ...asked, dependencies, bar: ownWindow?.bar ?? null, renderMessage, mayWork });
    };
    router.all(pagePaths[name], (req, res, next) => void handle(req, res, next).catch(next));
  };
  for (const page of numbersPages) {
    const answer = numbers[page];
    mount(page, (visit) => showNumbers(visit, { page, answer, memory, begin: web.reporting.begin }));
  }
  for (const [name, answer] of Object.entries(forms)) {
    mount(name as keyof typeof forms, async (visit) => {
      const { caller, parameters, request, dependencies } = visit;
      if (!(await visit.mayWork())) return;
      await send(visit, await answer({ caller, parameters, isPost: request.method === 'POST' }, dependencies));
    });
  }
  const findKept: Pages['findKept'] = async ({ page, caller, parameters }) => {
    const bar = (await openOwnWindow(caller, web))?.bar ?? null;
    const state = (await web.reporting.begin(caller.workspace)).getState();
    const lastView = await findLastView(page, { caller, parameters }, web.administration);
    return memory.find(toBodyKey({ page, parameters, lastView, reader: caller, bar, state }));
  };
  return { router, findKept, renderMessage };
}

interface KeptPages {
  readonly page: NumbersPage;
  readonly answer: AnswerPage;
  readonly memory: BodyMemory;
  readonly begin: WebDependencies['reporting']['begin'];
}

/** The body that is kept of just this page, else a new one, which is kept. */
async function showNumbers(visit: Visit, { page, answer, memory, begin }: KeptPages): Promise<void> {
  const { caller, parameters, bar, dependencies } = visit;
  const begun = await begin(caller.workspace);
  if (visit.request.method === 'POST') {
    const { saveLastView } = dependencies.administration;
    await keepChosenView(page, visit, { open: () => begun.open(caller.sight.repositories), saveLastView });
  }
  const lastView = await findLastView(page, visit, dependencies.administration);
  const toKey = () => toBodyKey({ page, parameters, lastView, reader: caller, bar, state: begun.getState() });
  let kept = memory.find(toKey());
  if (kept === null) {
    // What is kept is no work; and it may have been made for another window while this one waited for its turn.
    if (!(await visit.mayWork())) return;
    kept = memory.find(toKey());
  }
  if (kept !== null) {
    await sendKept(visit, kept);
    return;
  }
  const reporting = {
    open: (_workspace: string, visible: readonly string[] | null) => begun.open(visible),
    openWhole: (_workspace: string, visible: readonly string[] | null) => begun.openWhole(visible),
  };
  const { links, bitbucketUrl } = dependencies;
  const answered = await answer({ caller, parameters, lastView }, { reporting, links, bitbucketUrl });
  if (answered.kind !== 'page' || answered.status !== 200) {
    await send(visit, answered);
    return;
  }
  const body = createPageBody(await render(visit, answered));
  // Of what was opened, which may be newer than what was there when it was looked for.
  memory.keep(toKey(), body);
  await sendKept(visit, body);
}

async function sendKept(visit: Visit, body: PageBody): Promise<void> {
  const { session } = visit.caller;
  if (!answerUnchanged(visit, body, session)) await sendBody(visit, body, { status: 200, session });
}

async function send(visit: Visit, answer: PageAnswer): Promise<void> {
  const { response, caller, bar, renderMessage } = visit;
  if (answer.kind === 'csv') {
    response.set('Content-Disposition', `attachment; filename="${answer.fileName}"`).type('text/csv');
    // One part is read ahead of the one that is sent.
    await pipeline(Readable.from(answer.parts, { highWaterMark: 1 }), response);
    return;
  }
  if (answer.kind === 'not-found') {
    const message = renderMessage('not-found', { address: '', requestId: '', isOwnWindow: bar !== null });
    response
      .status(404)
      .type('html')
      .send(await message);
    return;
  }
  const body = createPageBody(await render(visit, answer));
  await sendBody(visit, body, { status: answer.status, session: caller.session });
}

/** The document, with a mark in the place of the session. */
async function render(
  { caller, parameters, bar, dependencies }: Visit,
  answer: Extract<PageAnswer, { kind: 'page' }>,
): Promise<string> {
  const { links, bitbucketUrl } = dependencies;
  const theme = readTheme(readOne(parameters, 'theme') ?? undefined);
  const address = withTheme(answer.address, theme);
  const shown = { ...answer, address, session: sessionMark, theme, sight: formatSight(caller.sight), bar };
  return pageRenderer.renderDocument(answer.template, answer.view, buildPageFrame(shown, links, bitbucketUrl));
}

function createRenderMessage(
  { links, bitbucketUrl }: Pick<RoomsDependencies, 'links' | 'bitbucketUrl'>,
  { settings }: WebDependencies,
): RenderMessage {
  const ownLinks = createLinks(settings.baseUrl, assetVersion, { workspace: null });
  return (kind, { address, requestId, isOwnWindow }) => {
    const view: MessagePageView = kind === 'error' ? buildErrorView(requestId) : messagePages[kind];
    const theme = readTheme(new URLSearchParams(address.split('?', 2)[1]).get('theme') ?? undefined);
    const bar = isOwnWindow ? buildBar(null, ownLinks) : null;
    const frame = buildPageFrame({ title: view.title, address, session: null, theme, bar }, links, bitbucketUrl);
    return pageRenderer.renderDocument('message', view, frame);
  };
}
