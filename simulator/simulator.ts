import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { systemClock } from '../src/machine/clock';
import { OauthServer } from './access/oauth-server';
import { StaticTokens } from './access/static-tokens';
import { ApiDoor } from './api-door';
import { AccessTokens } from './connect/access-tokens';
import { deliverNotice, type SimulatorNotice } from './connect/deliver-notice';
import { Installations, type Installation, type LifecycleAnswer } from './connect/installations';
import { findPage, isShown, toPageUrl, type PagePlace, type PageRequest } from './connect/page-url';
import { deliverToHooks, type HookDelivery } from './hooks/deliver-to-hooks';
import { HostSite } from './host/host-site';
import { answerSignIn } from './host/sign-in-site';
import { AccessControls } from './live/access-controls';
import { ControlRoom } from './live/control-room';
import { PullRequestControls } from './live/pull-request-controls';
import { RepositoryControls } from './live/repository-controls';
import { CursorPages } from './rest/cursor-pages';
import { findWorkspaceNamed } from './rest/call';
import { send } from './rest/http-exchange';
import { createRestApi, type RestApi } from './rest/rest-api';
import { AnswerForms } from './traffic/answer-forms';
import { FaultSource, type FaultRates } from './traffic/faults';
import { Quirks } from './traffic/quirks';
import { RateWindow, type Limits } from './traffic/rate-window';
import { RequestLog } from './traffic/request-log';
import type { Delivery } from './connect/post-notice';
import type { Addresses } from './present/links';
import type { Account, Clock, PullRequest, Repository, Workspace, World } from './world/model';

export interface SimulatorOptions {
  readonly world: World;
  /** Key of the app whose tokens are accepted. */
  readonly appKey: string;
  /** Default 0: a free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  readonly limits?: Limits;
  readonly faults?: FaultRates;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
  /** Between the attempts of a notice. Default 0. */
  readonly retryDelayMs?: number;
  /** How long the answer to a notice is waited for. Default 10,000. */
  readonly answerWithinMs?: number;
}

/** What became of a notice: at the app where one is installed, else at the first hook. */
export interface NoticeDelivery extends Delivery {
  /** Only where there are hooks that are told of it. */
  readonly hooks?: readonly HookDelivery[];
}

/**
 * A Bitbucket Cloud on one loopback address, site and API alike: token exchange, REST API, lifecycle calls, signed
 * notices, and pages that frame the app. `pullRequests` and `repositories` change the world and return notices.
 */
export class Simulator {
  readonly requests = new RequestLog();
  readonly world: World;
  readonly clock: Clock;
  readonly pullRequests: PullRequestControls;
  readonly repositories: RepositoryControls;
  readonly installations: Installations;
  readonly tokens: AccessTokens;
  /** Access tokens and API tokens that people make. */
  readonly credentials: StaticTokens;
  /** Sign in with Bitbucket. */
  readonly oauth: OauthServer;
  /** Members and their rights. */
  readonly access: AccessControls;
  /** Its `rates` may be changed at any time. */
  readonly faults: FaultSource;
  /** The form of all answers. */
  readonly forms = new AnswerForms();
  /** Single answers that are to be wrong. */
  readonly quirks: Quirks;
  /** Its `limits` may be changed at any time. */
  readonly window: RateWindow;
  readonly room: ControlRoom;
  readonly #door: ApiDoor;
  readonly #site: HostSite;

  constructor(
    private readonly options: SimulatorOptions,
    private readonly server: Server,
    readonly addresses: Addresses,
  ) {
    this.world = options.world;
    this.clock = options.clock ?? systemClock;
    this.room = new ControlRoom(this.world, addresses, this.clock);
    this.pullRequests = new PullRequestControls(this.room);
    this.repositories = new RepositoryControls(this.room);
    this.installations = new Installations(addresses, this.clock);
    this.access = new AccessControls(this.room);
    const { clock, installations } = this;
    this.credentials = new StaticTokens(this.world, clock);
    this.oauth = new OauthServer(this.world, clock);
    this.tokens = new AccessTokens(installations, { appKey: options.appKey, base: addresses.base, clock });
    this.faults = new FaultSource(options.faults);
    this.window = new RateWindow(clock, options.limits);
    const cursors = new CursorPages();
    const createRest = (world: World): RestApi => createRestApi({ world, addresses, clock, cursors });
    this.quirks = new Quirks({ world: this.world, clock, createRest });
    const { tokens, credentials, oauth, window, faults, forms, quirks, requests: log } = this;
    const identities = { tokens, credentials, oauth };
    this.#door = new ApiDoor({
      rest: createRest(this.world),
      ...identities,
      window,
      faults,
      forms,
      quirks,
      log,
      clock,
    });
    this.#site = new HostSite(this);
  }

  get url(): string {
    return this.addresses.base;
  }

  /** Installs the app into a workspace (default: the first), again when it was there before. */
  async install(appUrl: string, workspace?: string): Promise<LifecycleAnswer> {
    return this.installations.install(this.room.findWorkspace(workspace), appUrl);
  }

  async uninstall(workspace?: string): Promise<LifecycleAnswer> {
    return this.installations.notify(this.room.findWorkspace(workspace), 'uninstalled');
  }

  async setEnabled(isEnabled: boolean, workspace?: string): Promise<LifecycleAnswer> {
    return this.installations.notify(this.room.findWorkspace(workspace), isEnabled ? 'enabled' : 'disabled');
  }

  /** The app in a workspace, once it has a secret. */
  findInstallation(workspace?: string): (Installation & { readonly secret: string }) | null {
    const installation = this.installations.get(this.room.findWorkspace(workspace).uuid);
    return installation !== null && installation.secret !== null
      ? (installation as Installation & { secret: string })
      : null;
  }

  /** Whether Bitbucket shows somebody the app at a place: by the conditions of the descriptor. */
  isShown(place: PagePlace, { workspace: name, user }: PageRequest = {}): boolean {
    const workspace = this.room.findWorkspace(name);
    return isShown(this.installations.get(workspace.uuid), place, this.room.findPerson(workspace, user).uuid);
  }

  /** A freshly signed address of one of the app's pages, shown or not: somebody may have been given it. */
  pageUrl(place: PagePlace, request: PageRequest = {}): string {
    const installation = this.findInstallation(request.workspace);
    const page = installation === null ? null : findPage(installation.descriptor, place);
    if (installation === null || page === null) {
      throw new Error(`No app shows a page at ${place}.`);
    }
    const view = this.#toView(this.room.findWorkspace(request.workspace), request);
    return toPageUrl(installation, page, { view, addresses: this.addresses, clock: this.clock });
  }

  #toView(workspace: Workspace, request: PageRequest): PageUrlView {
    const repository = this.#findRepository(workspace, request.repository);
    const newest = Math.max(0, ...(repository?.pullRequests.keys() ?? []));
    const pullRequest = repository?.pullRequests.get(request.pullRequest ?? newest) ?? null;
    return { viewer: this.room.findPerson(workspace, request.user), repository, pullRequest };
  }

  #findRepository(workspace: Workspace, name: string | undefined): Repository | null {
    const wanted = name ?? [...workspace.repositories.keys()][0];
    return wanted === undefined ? null : this.room.enter({ workspace: workspace.uuid, repository: wanted }).repository;
  }

  /** Sends a notice to the app and to every hook that is to be told of it, with retries. */
  async deliver(notice: SimulatorNotice): Promise<NoticeDelivery> {
    const { retryDelayMs = 0, answerWithinMs = 10_000 } = this.options;
    const options = { retryDelayMs, answerWithinMs, clock: this.clock };
    const installation = this.installations.get(notice.workspaceUuid);
    const toApp = await deliverNotice(installation, notice, options);
    const hooks = await deliverToHooks(findWorkspaceNamed(this.world, notice.workspaceUuid), notice, options);
    const [first] = hooks;
    if (first === undefined) return toApp;
    const { status, attempts } = toApp.attempts === 0 ? first : toApp;
    return { status, attempts, hooks };
  }

  /** Sends notices one after the other. */
  async deliverAll(notices: readonly SimulatorNotice[]): Promise<NoticeDelivery[]> {
    const deliveries: NoticeDelivery[] = [];
    for (const notice of notices) {
      deliveries.push(await this.deliver(notice));
    }
    return deliveries;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '/'] = (request.url ?? '/').split('?');
    // By its own clock: callers compare it with theirs.
    response.setHeader('date', new Date(this.clock.now()).toUTCString());
    if (/^\/[12]\.0\//u.test(path)) {
      return this.#door.answer(request, response);
    }
    if (path === '/site/oauth2/access_token' && request.method === 'POST') {
      return this.#door.exchangeToken(request, response);
    }
    if (path === '/site/oauth2/authorize') this.#answerSignIn(request.url ?? path, response);
    else await this.#site.answer(request, response);
  }

  #answerSignIn(url: string, response: ServerResponse): void {
    const reply = answerSignIn(this.oauth, this.world, url);
    const entry = { at: this.clock.now(), method: 'GET', path: url, status: reply.status };
    this.requests.add({ ...entry, route: 'oauth2/authorize', workspace: null, caller: null });
    send(response, reply);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

interface PageUrlView {
  readonly viewer: Account | null;
  readonly repository: Repository | null;
  readonly pullRequest: PullRequest | null;
}

/** Starts a simulator; it listens when the promise resolves. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const server = createServer();
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : (options.port ?? 0);
  const simulator = new Simulator(options, server, {
    base: `http://${host}:${port}`,
  });
  server.on('request', (request, response) => {
    simulator.answer(request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(error instanceof Error ? error.message : 'The simulator failed.');
    });
  });
  return simulator;
}
