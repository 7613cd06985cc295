import { hostPaths, renderFrame } from './host-layout';
import { html, type Html } from './html';
import { commitsOf } from '../world/merge-pull-request';
import type { Commit, Instant, PullRequest, Repository, Workspace } from '../world/model';

/** What stands on a page besides what the app shows. */
export interface Spot {
  readonly workspace: Workspace;
  readonly repository: Repository;
}

function toDay(at: Instant): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    at,
  );
}

function renderState({ state, isDraft }: PullRequest): Html {
  return html`<span class="state ${state.toLowerCase()}">${isDraft ? 'draft' : state.toLowerCase()}</span>`;
}

function nameOf(workspace: Workspace, uuid: string | null): string {
  return uuid === null ? 'Unknown' : (workspace.people.get(uuid)?.displayName ?? 'Unknown');
}

export function renderRepositories(workspace: Workspace): Html {
  const rows = [...workspace.repositories.values()].map((repository) => {
    const open = [...repository.pullRequests.values()].filter(({ state }) => state === 'OPEN').length;
    return html`<tr>
      <td><a href="${hostPaths.repository(workspace, repository)}">${repository.name}</a></td>
      <td>${repository.language}</td>
      <td>${open}</td>
      <td>${toDay(repository.updatedAt)}</td>
    </tr>`;
  });
  return html`<h1>Repositories</h1>
    <table>
      <thead>
        <tr>
          <th>Name</th>
          <th>Language</th>
          <th>Open pull requests</th>
          <th>Last change</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`;
}

/** The newest pull requests, and the app's panel beside them. */
export function renderRepository({ workspace, repository }: Spot, panel: string | null): Html {
  const newest = [...repository.pullRequests.values()]
    .sort((one, other) => other.updatedAt - one.updatedAt)
    .slice(0, 12);
  return html`<p class="trail">${workspace.name}</p>
    <h1>${repository.name}</h1>
    <div class="columns">
      <div>
        <section class="box">
          <h2>Latest pull requests</h2>
          ${renderPullRequestTable(workspace, repository, newest)}
        </section>
      </div>
      <aside>
        <section>
          <h2>Delivery metrics</h2>
          ${renderFrame(panel, 'Delivery metrics')}
        </section>
        <section>
          <h2>Repository details</h2>
          <p class="quiet">Main branch <code>${repository.mainBranch ?? 'none'}</code></p>
          <p class="quiet">Last change ${toDay(repository.updatedAt)}</p>
        </section>
      </aside>
    </div>`;
}

export function renderPullRequests({ workspace, repository }: Spot): Html {
  const byNumber = [...repository.pullRequests.values()].sort((one, other) => other.id - one.id).slice(0, 60);
  return html`<p class="trail">${workspace.name} / ${repository.name}</p>
    <h1>Pull requests</h1>
    ${renderPullRequestTable(workspace, repository, byNumber)}`;
}

function renderPullRequestTable(
  workspace: Workspace,
  repository: Repository,
  pullRequests: readonly PullRequest[],
): Html {
  const rows = pullRequests.map(
    (one) =>
      html`<tr>
        <td><a href="${hostPaths.pullRequest(workspace, repository, one.id)}">#${one.id} ${one.title}</a></td>
        <td>${nameOf(workspace, one.authorUuid)}</td>
        <td>${renderState(one)}</td>
        <td>${toDay(one.updatedAt)}</td>
      </tr>`,
  );
  return html`<table>
    <thead>
      <tr>
        <th>Title</th>
        <th>Author</th>
        <th>State</th>
        <th>Updated</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

export function renderPullRequest(spot: Spot, pullRequest: PullRequest, panel: string | null): Html {
  const { workspace, repository } = spot;
  const commits = commitsOf(repository, pullRequest).reverse();
  return html`<p class="trail">
      ${workspace.name} / <a href="${hostPaths.repository(workspace, repository)}">${repository.name}</a> / Pull request
      #${pullRequest.id}
    </p>
    <h1>${pullRequest.title}</h1>
    <p>
      ${renderState(pullRequest)} ${nameOf(workspace, pullRequest.authorUuid)} wants to merge
      <code>${pullRequest.source.branch}</code> into <code>${pullRequest.destination.branch}</code>, opened
      ${toDay(pullRequest.createdAt)}
    </p>
    <div class="columns">
      <div>
        <section class="box">
          <h2>Commits</h2>
          ${renderCommits(spot, commits)}
        </section>
        <section class="box">
          <h2>Activity</h2>
          ${renderActivity(workspace, pullRequest)}
        </section>
      </div>
      <aside>
        <section>
          <h2>Cycle time</h2>
          ${renderFrame(panel, 'Cycle time')}
        </section>
      </aside>
    </div>`;
}

function renderCommits({ workspace, repository }: Spot, commits: readonly Commit[]): Html {
  const rows = commits.slice(0, 50).map((commit) => {
    const path = `/${workspace.slug}/${repository.slug}/commits/${commit.hash}`;
    return html`<tr>
      <td>
        <a href="${path}"><code>${commit.hash.slice(0, 7)}</code></a>
      </td>
      <td>${commit.message.split('\n')[0] ?? ''}</td>
      <td>${toDay(commit.authoredAt)}</td>
    </tr>`;
  });
  return html`<table>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function renderActivity(workspace: Workspace, pullRequest: PullRequest): Html {
  const words = { approval: 'approved', changes_request: 'requested changes', comment: 'commented' };
  const rows = [...pullRequest.activities].reverse().map((activity) => {
    const what = activity.kind === 'update' ? `updated: ${activity.state.toLowerCase()}` : words[activity.kind];
    return html`<tr>
      <td>${nameOf(workspace, activity.actorUuid)} ${what}</td>
      <td>${toDay(activity.at)}</td>
    </tr>`;
  });
  return html`<table>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

export function renderCommit({ workspace, repository }: Spot, commit: Commit): Html {
  return html`<p class="trail">
      ${workspace.name} / <a href="${hostPaths.repository(workspace, repository)}">${repository.name}</a> / Commit
    </p>
    <h1>${commit.message.split('\n')[0] ?? ''}</h1>
    <p><code>${commit.hash}</code></p>
    <p class="quiet">${commit.rawAuthor}, ${toDay(commit.authoredAt)}</p>`;
}

/** A page that is all the app's. */
export function renderAppPage(title: string, address: string | null): Html {
  return renderFrame(address, title);
}
