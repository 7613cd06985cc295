import { html, type Html } from './html';
import { isBot } from '../world/people';
import { isMember, isOwner } from '../world/rights';
import type { Workspace, World } from '../world/model';

interface Choice {
  readonly name: string;
  readonly role: string;
  readonly address: string;
}

/** Asks which of the simulated people is to sign in: one click a person, and one to refuse. */
export function renderSignInPage(world: World, url: string): string {
  const rows = world.workspaces
    .flatMap((workspace) => choicesOf(workspace, url))
    .map(
      ({ name, role, address }) => html`<li><a href="${address}">${name}</a> <span class="quiet">${role}</span></li>`,
    );
  return renderPage(
    html`<h1>Sign in to Bitbucket as</h1>
      <ul>
        ${rows}
      </ul>
      <p><a href="${`${url}&deny=1`}">Deny</a></p>`,
  );
}

/** The address with `&person=`, which answers the request at once. */
function choicesOf(workspace: Workspace, url: string): Choice[] {
  const members = [...workspace.people.values()].filter((one) => isMember(workspace, one.uuid) && !isBot(one));
  return members.map(({ uuid, displayName }) => ({
    name: displayName,
    role: `${isOwner(workspace, uuid) ? 'administrator' : toReach(workspace, uuid)} of ${workspace.name}`,
    address: `${url}&person=${encodeURIComponent(uuid)}`,
  }));
}

function toReach({ access }: Workspace, uuid: string): string {
  const rights = access.rights.get(uuid);
  if (rights === undefined) return 'member';
  return rights.size === 1 ? 'member with one repository' : `member with ${rights.size} repositories`;
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
