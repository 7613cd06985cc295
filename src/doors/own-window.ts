import type { Caller, RequestHead } from './door';
import type { SignIn, SignInLink } from '../store/viewers/viewer-store';

export type { SignIn, SignInLink, SignInWay } from '../store/viewers/viewer-store';

/** A request as our own window sees it. `remoteAddress`: of the TCP connection, never of a header. */
export interface WindowRequest extends RequestHead {
  readonly remoteAddress: string;
}

/** Why nobody was signed in with Bitbucket; nothing was changed then, but for rights that Bitbucket took away. */
export type SignInProblem =
  /** No consumer is configured. */
  | 'not_configured'
  /** This browser did not begin it, or more than ten minutes ago; or the answer is another's, or came before. */
  | 'not_begun_here'
  /** The person said no at Bitbucket. */
  | 'declined'
  /** Used, made for another consumer, or too old. */
  | 'code_refused'
  /** Key or secret are wrong, or the callback address of the consumer is another one. */
  | 'consumer_refused'
  /** The consumer lacks a permission: Account: Read or Repositories: Read. */
  | 'scope_missing'
  | 'bitbucket_unavailable'
  /** Bitbucket answered something else than it documents. */
  | 'bitbucket_unreadable'
  /** The person belongs to no workspace that is connected here. */
  | 'no_workspace';

export type LinkProblem = 'unknown' | 'used' | 'ended' | 'revoked' | 'not_connected';

/** A workspace that somebody may look at. */
export interface WindowWorkspace {
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
  readonly isAdministrator: boolean;
}

/** A wish for a link. */
export interface LinkWish {
  readonly workspace: string;
  /** From a minute to 400 days; default: a quarter of an hour. */
  readonly validMs?: number;
  /** For whom, up to 100 characters. */
  readonly name: string | null;
}

export interface MadeLink {
  readonly id: string;
  /** Holds the secret: shown once, kept by nobody. */
  readonly url: string;
  readonly validUntil: number;
}

/** A caller of our own window, where everything is known. */
export interface WindowCaller extends Caller {
  readonly role: 'administrator' | 'member';
  readonly viewer: string;
  readonly signIn: string;
}

interface SignedIn {
  readonly kind: 'signed-in';
  /** A path on our own address. */
  readonly to: string;
}

interface Refused<Reason> {
  readonly kind: 'refused';
  readonly reason: Reason;
}

/** Values of `Set-Cookie`, each for a header of its own. */
interface WithCookies {
  readonly cookies: readonly string[];
}

/**
 * Who is looking in our own window, outside Bitbucket's frame: it has to know itself, and unknown is no. Free of
 * Express and of words for people; a `cookie` is a value of `Set-Cookie`.
 */
export interface OwnWindow {
  /** What is configured; links are always possible. */
  readonly ways: { readonly bitbucket: boolean; readonly proxy: boolean };
  /** By cookie, or by a listed proxy's header; `null`: nobody. For GET and HEAD of pages alone. */
  identify(request: WindowRequest): Promise<{ readonly signIn: SignIn } | null>;
  /** Where to send the browser; `null` when no consumer is configured. `to`: anything that is not ours leads home. */
  beginSignIn(to: string): { readonly location: string; readonly cookie: string } | null;
  /** `query`: as on the wire, without the question mark. The cookie of the beginning is used up whatever comes of it. */
  finishSignIn(callback: {
    readonly query: string;
    readonly cookieHeader: string | undefined;
  }): Promise<
    WithCookies & ((SignedIn & { readonly workspaces: readonly WindowWorkspace[] }) | Refused<SignInProblem>)
  >;
  /** What a link opens, without using it up. */
  readLink(
    token: string,
  ): Promise<
    | { readonly workspace: string; readonly name: string | null; readonly validUntil: number }
    | { readonly problem: LinkProblem }
  >;
  /** Lets in once. */
  useLink(token: string): Promise<(SignedIn & { readonly cookie: string }) | Refused<LinkProblem>>;
  /** Of one that administers nothing, whoever asks. @throws RangeError for a length or a name that is not allowed, Error for a workspace that is not connected */
  makeLink(wish: LinkWish): Promise<MadeLink>;
  /** Newest first; those that were used, have ended or were revoked too. */
  listLinks(workspace: string): Promise<SignInLink[]>;
  /** Also ends what was opened with it. False when the workspace has no such link in force. */
  revokeLink(workspace: string, id: string): Promise<boolean>;
  /** Gives the cookie that takes the other back. */
  signOut(request: Pick<RequestHead, 'rawHeaders'>): Promise<string>;
  /** Those that are connected, by name. */
  listWorkspaces(signIn: SignIn): Promise<WindowWorkspace[]>;
  /** `null`: has no right there, or the workspace is not connected. */
  toCaller(signIn: SignIn, workspace: string): Promise<WindowCaller | null>;
}
