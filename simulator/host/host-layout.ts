import { html, type Html } from './html';
import type { Repository, Workspace } from '../world/model';

export interface HostPage {
  readonly title: string;
  readonly workspace: Workspace;
  readonly repository: Repository | null;
  /** The path of the navigation entry that is being shown. */
  readonly path: string;
  readonly content: Html;
}

/** Where things are on the host site. */
export const hostPaths = {
  repositories: (workspace: Workspace) => `/${workspace.slug}/workspace/repositories`,
  workspacePage: (workspace: Workspace) => `/${workspace.slug}/workspace/apps/delivery`,
  settings: (workspace: Workspace) => `/${workspace.slug}/workspace/settings/apps`,
  repository: (workspace: Workspace, { slug }: Repository) => `/${workspace.slug}/${slug}`,
  pullRequests: (workspace: Workspace, { slug }: Repository) => `/${workspace.slug}/${slug}/pull-requests`,
  pullRequest: (workspace: Workspace, { slug }: Repository, id: number) =>
    `/${workspace.slug}/${slug}/pull-requests/${id}`,
  repositoryPage: (workspace: Workspace, { slug }: Repository) => `/${workspace.slug}/${slug}/apps/delivery`,
};

export function renderHostPage(page: HostPage): string {
  const { workspace, repository } = page;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title} · ${workspace.name}</title>
        <script src="/host/host.js"></script>
        <link rel="stylesheet" href="/host/host.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <header>
          <strong><a href="/">${workspace.name}</a></strong>
          <span class="note">A simulated Bitbucket: nothing here leaves this machine</span>
          <button id="theme" type="button">Dark theme</button>
        </header>
        <div class="body">
          <nav aria-label="Bitbucket">${renderNavigation(page, workspace, repository)}</nav>
          <main>${page.content}</main>
        </div>
      </body>
    </html>`.text;
}

function renderNavigation(page: HostPage, workspace: Workspace, repository: Repository | null): Html {
  const entry = (path: string, name: string): Html =>
    path === page.path ? html`<a href="${path}" aria-current="page">${name}</a>` : html`<a href="${path}">${name}</a>`;
  const ofRepository =
    repository === null
      ? []
      : [
          html`<h2>${repository.name}</h2>`,
          entry(hostPaths.repository(workspace, repository), 'Overview'),
          entry(hostPaths.pullRequests(workspace, repository), 'Pull requests'),
          entry(hostPaths.repositoryPage(workspace, repository), 'Delivery metrics'),
        ];
  return html`<h2>Workspace</h2>
    ${entry(hostPaths.workspacePage(workspace), 'Delivery metrics')}
    ${entry(hostPaths.repositories(workspace), 'Repositories')} ${entry(hostPaths.settings(workspace), 'App settings')}
    ${ofRepository}`;
}

/** The app's page in a frame, or a word that there is none. */
export function renderFrame(address: string | null, title: string): Html {
  return address === null
    ? html`<p class="quiet">The app is not installed in this workspace.</p>`
    : html`<iframe
        title="${title}"
        src="${address}"
        sandbox="allow-downloads allow-scripts allow-forms allow-same-origin allow-popups allow-top-navigation-by-user-activation"
      ></iframe>`;
}
