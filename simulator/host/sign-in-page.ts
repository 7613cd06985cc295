import { html, type Html } from './html';
import { isBot } from '../world/people';
import { isMember, isOwner } from '../world/rights';
import type { Account, Workspace, World } from '../world/model';

interface Choice {
  readonly person: Account;
  readonly role: string;
  readonly address: string;
}

/** Asks which of the simulated people is to sign in: one click a person, and one to refuse. */
export function renderSignInPage(world: World, url: string, offered: readonly string[] | null): string {
  const rows = world.workspaces
    .flatMap((workspace) => choicesOf(workspace, url))
    .filter(({ person }) => offered === null || [person.uuid, person.nickname, person.displayName].some(isIn(offered)))
    .map(
      ({ person, role, address }) =>
        html`<li><a href="${address}">${person.displayName}</a> <span class="quiet">${role}</span></li>`,
    );
  return renderPage(
    html`<h1>Sign in to Bitbucket as</h1>
      <ul>
        ${rows}
      </ul>
      <p><a href="${`${url}&deny=1`}">Deny</a></p>`,
  );
}

const isIn = (names: readonly string[]) => (name: string) => names.includes(name);

/** The address with `&person=`, which answers the request at once. */
function choicesOf(workspace: Workspace, url: string): Choice[] {
  const members = [...workspace.people.values()].filter((one) => isMember(workspace, one.uuid) && !isBot(one));
  return members.map((person) => ({
    person,
    role: describeRole(workspace, person.uuid),
    address: `${url}&person=${encodeURIComponent(person.uuid)}`,
  }));
}

function describeRole(workspace: Workspace, uuid: string): string {
  if (isOwner(workspace, uuid)) return `administrator of ${workspace.name}`;
  const names = [...(workspace.access.rights.get(uuid)?.keys() ?? [])].flatMap(
    (repository) => workspace.repositories.get(repository)?.name ?? [],
  );
  const isLimited = workspace.access.rights.has(uuid);
  const reach = names.length === 0 ? 'no repository' : names.join(', ');
  return `member of ${workspace.name}: ${isLimited ? reach : 'all repositories'}`;
}

/** Says why nobody can sign in by such an address. */
export function renderSignInProblem(problem: string): string {
  return renderPage(
    html`<h1>Cannot sign in</h1>
      <p>${problem}</p>`,
  );
}

function renderPage(content: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Sign in · Bitbucket</title>
        <link rel="stylesheet" href="/host/host.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html>`.text;
}
