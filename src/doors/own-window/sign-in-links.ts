import { randomUUID } from 'node:crypto';
import { toLinkViewer } from '../../store/viewers/viewer-store';
import { findOpenConnection } from '../open-connection';
import type { LinkProblem, LinkWish, MadeLink, OwnWindow, SignInLink } from '../own-window';
import { toStartPage } from './own-path';
import { createSecret, hashSecret, hourMs, type SignIns } from './sign-ins';
import type { WindowNeeds } from './window-needs';

const minuteMs = 60_000;
const dayMs = 24 * hourMs;
const usualMs = 15 * minuteMs;
const shortestMs = minuteMs;
const longestMs = 400 * dayMs;
const longestName = 100;

type Links = Pick<OwnWindow, 'makeLink' | 'readLink' | 'useLink' | 'listLinks' | 'revokeLink'>;
type MakingNeeds = Pick<WindowNeeds, 'baseUrl' | 'viewers' | 'connections' | 'clock'>;
interface LinkNeeds extends MakingNeeds, Pick<WindowNeeds, 'workspaces'> {
  readonly signIns: SignIns;
}
type Found = { readonly link: SignInLink } | { readonly problem: LinkProblem };

/** Links of the operator's: each lets one browser in, once, to all of one workspace. */
export function createSignInLinks(needs: LinkNeeds): Links {
  const { viewers, clock } = needs;
  return {
    makeLink: (wish) => makeLink({ ...wish, isAdministrator: false }, needs),
    readLink: async (token) => {
      const found = await findLink(token, needs);
      if ('problem' in found) return found;
      const workspace = await needs.workspaces.get(found.link.workspace);
      const { name, validUntil } = found.link;
      return { workspace: workspace?.name ?? '', name, validUntil };
    },
    useLink: async (token) => {
      const found = await findLink(token, needs);
      if ('problem' in found) return { kind: 'refused', reason: found.problem };
      const cookie = await openLink(found.link, needs);
      if (cookie === null) return { kind: 'refused', reason: await explain(token, needs) };
      return { kind: 'signed-in', cookie, to: toStartPage(needs.baseUrl) };
    },
    listLinks: (workspace) => viewers.listLinks(workspace),
    revokeLink: (workspace, id) => viewers.revokeLink(workspace, id, clock.now()),
  };
}

/**
 * For the shell alone, whose user can read the database anyway: no page and no route gets at it, since our own window
 * does not have it.
 * @throws as `makeLink` of our own window
 */
export function makeAdministratorLink(wish: LinkWish, needs: MakingNeeds): Promise<MadeLink> {
  return makeLink({ ...wish, isAdministrator: true }, needs);
}

async function makeLink(
  wish: LinkWish & { readonly isAdministrator: boolean },
  { baseUrl, viewers, connections, clock }: MakingNeeds,
): Promise<MadeLink> {
  const { workspace, isAdministrator, validMs = usualMs } = wish;
  const name = readName(wish.name);
  if (!Number.isInteger(validMs) || validMs < shortestMs || validMs > longestMs) {
    throw new RangeError('A sign-in link is valid for a minute at least and for 400 days at most.');
  }
  if ((await findOpenConnection(connections, workspace)) === null) {
    throw new Error('The workspace is not connected: a link to it would let nobody in.');
  }
  const token = createSecret();
  const madeAt = clock.now();
  const link = { workspace, id: randomUUID(), name, isAdministrator, madeAt, validUntil: madeAt + validMs };
  await viewers.saveLink({ ...link, tokenHash: hashSecret(token), usedAt: null, revokedAt: null });
  return {
    id: link.id,
    url: `${new URL(baseUrl).origin}${toStartPage(baseUrl)}sign-in/link/${token}`,
    validUntil: link.validUntil,
  };
}

function readName(name: string | null): string | null {
  const said = name?.trim() ?? '';
  if (said.length > longestName || /\p{Cc}/u.test(said)) {
    throw new RangeError(`The name on a sign-in link has ${longestName} characters at most, all of them visible.`);
  }
  return said === '' ? null : said;
}

async function findLink(token: string, { viewers, connections, clock }: LinkNeeds): Promise<Found> {
  const link = /^[\w-]{43}$/u.test(token) ? await viewers.findLink(hashSecret(token)) : null;
  if (link === null) return { problem: 'unknown' };
  if (link.revokedAt !== null) return { problem: 'revoked' };
  if (link.usedAt !== null) return { problem: 'used' };
  if (link.validUntil <= clock.now()) return { problem: 'ended' };
  const isConnected = (await findOpenConnection(connections, link.workspace)) !== null;
  return isConnected ? { link } : { problem: 'not_connected' };
}

/** Gives the cookie; `null` when somebody else was faster. */
async function openLink(link: SignInLink, { viewers, signIns, clock }: LinkNeeds): Promise<string | null> {
  // A link for a day or less opens an ordinary sign-in; a longer one is for a screen on a wall, until its end.
  const isLong = link.validUntil - link.madeAt > dayMs;
  const endsAt = isLong ? link.validUntil : signIns.usualEnd();
  const viewer = toLinkViewer(link.id);
  const { signIn, cookie } = signIns.make({ way: 'link', viewer, userUuid: null, name: link.name, endsAt });
  await viewers.deleteEnded(clock.now());
  return (await viewers.useLink(link, signIn)) ? cookie : null;
}

/** Why a link that was good a moment ago is not any more. */
async function explain(token: string, needs: LinkNeeds): Promise<LinkProblem> {
  const found = await findLink(token, needs);
  return 'problem' in found ? found.problem : 'used';
}
