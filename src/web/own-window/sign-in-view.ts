import type { OwnWindow, WindowWorkspace } from '../../doors/own-window';
import type { Links } from '../routing/paths';
import { formatDateTime } from '../presentation/format/dates';

interface SignInParts {
  readonly ways: OwnWindow['ways'];
  /** Where it is to lead afterwards, a path of ours; `null`: home. */
  readonly to: string | null;
  /** Who is signed in now. */
  readonly account: string | null;
  readonly isSignedOut: boolean;
  /** What is known of their rights is too old to be believed. */
  readonly hasToAskAgain: boolean;
}

/** The card with the ways in that are configured. */
export function buildSignInView({ ways, to, account, isSignedOut, hasToAskAgain }: SignInParts, links: Links) {
  return {
    title: 'Sign in to Drumbeat',
    lead: ways.bitbucket
      ? 'See the delivery metrics of the repositories that you can open in Bitbucket.'
      : 'See the delivery metrics of your workspace.',
    signedOut: isSignedOut && account === null ? 'You are signed out.' : null,
    again: hasToAskAgain ? 'Your permissions were read too long ago: sign in again to refresh them.' : null,
    account: account === null ? null : { text: `You are signed in as ${account}.`, href: to ?? links.window('home') },
    bitbucket: ways.bitbucket ? links.window('bitbucket', { to }) : null,
    hasProxy: ways.proxy,
  };
}

/** What a link opens, before it is used up. */
export function buildLinkView(link: {
  readonly workspace: string;
  readonly name: string | null;
  readonly validUntil: number;
}) {
  return {
    title: `Open ${link.workspace}`,
    lead: `This link signs this browser in to the workspace ${link.workspace}.`,
    name: link.name === null ? null : `Made for ${link.name}.`,
    terms: `The link works once, until ${formatDateTime(link.validUntil, 'UTC')} UTC.`,
  };
}

/** The workspaces somebody may look at. */
export function buildChoiceView(workspaces: readonly WindowWorkspace[], toHref: (workspace: string) => string) {
  return {
    title: 'Choose a workspace',
    workspaces: workspaces.map(({ uuid, slug, name }) => ({ name, slug, href: toHref(uuid) })),
  };
}
