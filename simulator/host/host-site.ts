import { send } from '../rest/http-exchange';
import { findRepository } from '../rest/call';
import { findCommit } from '../world/commit-graph';
import { appScript } from './app-script';
import { hostPaths, renderHostPage } from './host-layout';
import {
  renderAppPage,
  renderCommit,
  renderPullRequest,
  renderPullRequests,
  renderRepositories,
  renderRepository,
} from './host-pages';
import { hostScript } from './host-script';
import { hostStyle } from './host-style';
import { html, type Html } from './html';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PagePlace, PageRequest } from '../connect/page-url';
import type { Reply } from '../rest/call';
import type { Repository, Workspace, World } from '../world/model';

const javascript = { 'content-type': 'text/javascript; charset=utf-8' };
const files: Record<string, Reply> = {
  '/atlassian-connect/all.js': { status: 200, body: appScript, headers: javascript },
  '/atlassian-connect/all-debug.js': { status: 200, body: appScript, headers: javascript },
  '/host/host.js': { status: 200, body: hostScript, headers: javascript },
  '/host/host.css': { status: 200, body: hostStyle, headers: { 'content-type': 'text/css; charset=utf-8' } },
};
const notFound: Reply = { status: 404, body: 'Not Found', headers: { 'content-type': 'text/plain; charset=utf-8' } };

function redirectTo(location: string): Reply {
  return { status: 302, body: '', headers: { location } };
}

interface Shown {
  readonly title: string;
  readonly content: Html;
  /** Default: the path that was asked. */
  readonly path?: string;
}

/** What the site shows: the world, and the app where it is installed. */
export interface SiteSource {
  readonly world: World;
  isShown(place: PagePlace, request: PageRequest): boolean;
  /** A freshly signed address of one of the app's pages. */
  pageUrl(place: PagePlace, request?: PageRequest): string;
}

/**
 * Bitbucket's site as far as an app is shown in it. Every view of a page gets a freshly signed address; `?as=NICKNAME`
 * looks at it as somebody else than the owner of the workspace.
 */
export class HostSite {
  constructor(
    private readonly source: SiteSource,
    private readonly user: string | null = null,
  ) {}

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '/', query = ''] = (request.url ?? '/').split('?');
    const site = new HostSite(this.source, new URLSearchParams(query).get('as'));
    send(response, files[path] ?? site.#reply(path));
  }

  #reply(path: string): Reply {
    const segments = path
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeSafely);
    const first = this.source.world.workspaces[0];
    const [workspaceName, ...rest] = segments;
    const workspace = this.source.world.workspaces.find(({ slug, uuid }) => [slug, uuid].includes(workspaceName ?? ''));
    if (workspaceName === undefined && first !== undefined) {
      return redirectTo(hostPaths.workspacePage(first));
    }
    return workspace === undefined ? notFound : this.#replyInWorkspace(workspace, rest);
  }

  #replyInWorkspace(workspace: Workspace, rest: readonly string[]): Reply {
    const [head, ...tail] = rest;
    if (head === undefined) {
      return redirectTo(hostPaths.repositories(workspace));
    }
    const repository = head === 'workspace' ? null : findRepository(workspace, head);
    const shown =
      repository === null
        ? this.#showWorkspacePage(workspace, rest.join('/'))
        : this.#showRepositoryPage(workspace, repository, tail);
    if (shown === null) {
      return notFound;
    }
    const path = shown.path ?? `/${[workspace.slug, repository?.slug ?? 'workspace', ...tail].join('/')}`;
    return { status: 200, body: renderHostPage({ ...shown, workspace, repository, path }) };
  }

  #showWorkspacePage(workspace: Workspace, path: string): Shown | null {
    const request = { workspace: workspace.uuid };
    switch (path) {
      case 'workspace/repositories':
        return { title: 'Repositories', content: renderRepositories(workspace) };
      case 'workspace/apps/delivery':
        return this.#showApp('Delivery metrics', 'workspace', request);
      case 'workspace/settings':
      case 'workspace/settings/apps':
        return this.#showApp('App settings', 'settings', request);
      default:
        return null;
    }
  }

  #showRepositoryPage(workspace: Workspace, repository: Repository, tail: readonly string[]): Shown | null {
    const request = { workspace: workspace.uuid, repository: repository.uuid };
    const spot = { workspace, repository };
    const [what, name] = tail;
    switch (what) {
      case undefined:
        return { title: repository.name, content: renderRepository(spot, this.#address('repository-panel', request)) };
      case 'apps':
        return this.#showApp(`${repository.name} delivery metrics`, 'repository', request);
      case 'pull-requests':
        return name === undefined
          ? { title: 'Pull requests', content: renderPullRequests(spot) }
          : this.#showPullRequest(workspace, repository, Number(name));
      case 'commits':
        return showCommit(workspace, repository, name ?? '');
      default:
        return null;
    }
  }

  #showPullRequest(workspace: Workspace, repository: Repository, id: number): Shown | null {
    const found = repository.pullRequests.get(id);
    if (found === undefined) {
      return null;
    }
    const panel = this.#address('pull-request-panel', {
      workspace: workspace.uuid,
      repository: repository.uuid,
      pullRequest: id,
    });
    const content = renderPullRequest({ workspace, repository }, found, panel);
    return { title: `#${id} ${found.title}`, content, path: hostPaths.pullRequests(workspace, repository) };
  }

  #showApp(title: string, place: PagePlace, request: PageRequest): Shown {
    return { title, content: renderAppPage(title, this.#address(place, request)) };
  }

  /** `null` while no app shows a page there, or not to this person. */
  #address(place: PagePlace, request: PageRequest): string | null {
    const asked = this.user === null ? request : { ...request, user: this.user };
    return this.source.isShown(place, asked) ? this.source.pageUrl(place, asked) : null;
  }
}

function showCommit(workspace: Workspace, repository: Repository, hash: string): Shown | null {
  const commit = findCommit(repository, hash);
  const content = commit === null ? html`` : renderCommit({ workspace, repository }, commit);
  return commit === null ? null : { title: commit.hash.slice(0, 12), content };
}

function decodeSafely(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
