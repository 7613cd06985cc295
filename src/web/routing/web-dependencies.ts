import type { Registry } from 'prom-client';
import type { Clock } from '../../domain/clock';
import type { OpenSight, Sight } from '../../domain/people/visible-repositories';
import type { Instant } from '../../domain/instant';
import type { ApiTokens } from '../../doors/api-tokens';
import type { Door } from '../../doors/door';
import type { OwnWindow, SignIn } from '../../doors/own-window';
import type { Sessions } from '../../doors/sessions';
import type { Administration } from '../../administration/administration';
import type { ImportStatusReader } from '../../ingestion/progress/import-status';
import type { GivenUpList } from '../../ingestion/progress/given-up-work';
import type { Confirmation } from '../../ingestion/record/administrators';
import type { Looking } from '../../ingestion/record/viewers';
import type { Log } from '../../machine/log';
import type { Reporting } from '../../reporting/reporting';

/** What the web room needs of the others: the narrowest shape of each, so that a test can stand in for any. */
export interface WebDependencies {
  readonly settings: WebSettings;
  readonly log: Log;
  readonly clock: Clock;
  readonly doors: readonly WebDoor[];
  readonly sessions: Sessions;
  readonly apiTokens: ApiTokens;
  /** Who gets in outside of Bitbucket's frame. */
  readonly ownWindow: OwnWindow;
  readonly signIns: SignIns;
  readonly installation: Installation;
  readonly connections: ConnectionReader;
  readonly inbox: Inbox;
  readonly importStatus: ImportStatusSource;
  readonly imports: ImportStarter;
  readonly givenUpWork: GivenUpKeeper;
  readonly administrators: AdministratorCheck;
  readonly viewers: ViewerCheck;
  readonly administration: Administration;
  readonly reporting: Reporting;
  /** What is missing for the process to do its work, in words. */
  readonly health: () => Promise<Health>;
  /** Where other rooms count; without it the web room counts by itself. */
  readonly metrics?: Registry;
}

/** What the web room needs of a door; it knows none by name. */
export type WebDoor = Pick<Door, 'kind' | 'routes' | 'identifyCaller' | 'noticesPath' | 'acceptNotice'>;

export interface WebSettings {
  /** Absolute, may have a path; every route lies beneath it. */
  readonly baseUrl: string;
  readonly bitbucketUrl: string;
  readonly metricsToken: string | null;
  readonly isProduction: boolean;
  /** How deep the history import reads, for the sentence that says so. */
  readonly importDays?: number;
  /** How many proxies are believed about who asks, or which; `null`: none. */
  readonly trustProxy?: number | readonly string[] | null;
}

/** Who is signed in, by the id that a session carries. */
export interface SignIns {
  getSignIn(id: string): Promise<SignIn | null>;
}

/** What the first page of an installation says. */
export interface Installation {
  /** Any workspace, by any door. */
  isConnected(): Promise<boolean>;
  /** Of the check of a token that was made last, in the order of its steps. */
  listLastCheck(): Promise<readonly CheckRow[]>;
}

export interface ConnectionReader {
  /** `null`: the workspace was never connected. */
  describe(workspace: string): Promise<ConnectionState | null>;
}

/** A state in words, with the command that puts it right; `null`: nothing is to be done. */
interface StateWords {
  readonly sentence: string;
  readonly wayOut: string | null;
}

/** How a workspace is connected. No secret is in it. */
export interface ConnectionState {
  readonly kind: 'connect' | 'access_token' | 'forge';
  readonly status: 'live' | 'disabled' | 'revoked' | 'uninstalled' | 'superseded';
  /** `null`: not by a token. */
  readonly tokenForm: 'access_token' | 'api_token' | null;
  /** How many it reaches; `null`: all of the workspace. */
  readonly repositories: number | null;
  readonly givenAt: Instant | null;
  /** `announced`: the end is near enough to be said, or past; `null`: not yet. */
  readonly expiry: (StateWords & { readonly announced: number | null }) | null;
  /** Of the webhook; `null` for what the platform brings by itself. */
  readonly hook: (StateWords & { readonly isTrouble: boolean }) | null;
  readonly lastNoticeAt: Instant | null;
  /** Why it does not work; `null`: it does. */
  readonly problem: StateWords | null;
}

/** One step of a check: a token was tried before it was, or was not, taken. */
export interface CheckRow {
  readonly step: string;
  readonly result: 'works' | 'not_allowed' | 'failed' | 'skipped';
  readonly sentence: string;
  /** What to do next; `null`: nothing. */
  readonly wayOut: string | null;
  readonly checkedAt: Instant;
}

export interface Health {
  readonly ok: boolean;
  readonly problems: readonly string[];
}

/** Durable when resolved; rejects when the notice cannot be stored. */
export interface Inbox {
  keep(notice: {
    readonly workspace: string;
    readonly deliveryId: string;
    readonly eventKey: string | null;
    readonly body: string;
    readonly receivedAt: Instant;
    readonly awaits?: string | null;
  }): Promise<void>;
}

/** The import of a workspace, as far as web asks for it. */
export type ImportStatusSource = Pick<ImportStatusReader, 'load'>;

/** Imports one repository anew, or with `null` the whole workspace. */
export interface ImportStarter {
  restart(workspace: string, repositoryUuid: string | null): Promise<void>;
}

/** Jobs that were given up, of the repositories that are visible; `null`: all. */
export interface GivenUpKeeper {
  list(workspace: string, visible: readonly string[] | null): Promise<GivenUpList>;
  /** One by its id, or with `null` all; tells how many. */
  tryAgain(
    of: { readonly workspace: string; readonly visible: readonly string[] | null },
    id: string | null,
  ): Promise<number>;
}

export interface AdministratorCheck {
  /**
   * Whether a person administers the workspace; `null`: Bitbucket does not tell us. Reads Bitbucket at most once a
   * minute for somebody who is not known as an administrator, and every quarter of an hour for one who is.
   */
  isAdministrator(workspace: string, userUuid: string): Promise<boolean | null>;
  /** The same for what changes something: as Bitbucket said within the last minute, or that it says nothing. */
  confirm(workspace: string, userUuid: string): Promise<Confirmation>;
}

export interface ViewerCheck {
  /** What somebody may see of the workspace; within two seconds, whatever Bitbucket does. */
  see(looking: Looking): Promise<Sight>;
}

/** Who asks for a page; set as `res.locals.page` before the pages' router runs. */
export interface PageCaller {
  readonly workspace: string;
  /** The repository the page and its session are bound to; `null`: the whole workspace. */
  readonly repositoryUuid: string | null;
  /** As the door named the viewing person; `null` when it did not. */
  readonly userUuid: string | null;
  /** Who it is for whom something is kept: an account, or a link that somebody signed in by; `null`: nobody known. */
  readonly viewer?: string | null;
  /** In our own window; `null`: inside Bitbucket's frame. */
  readonly signIn: string | null;
  /** What they may see, on a page that is bound to a repository of that one alone. */
  readonly sight: OpenSight;
  readonly canWrite: boolean;
  /** Of the settings page alone: Bitbucket, or the door, has said so; otherwise it does not tell. */
  readonly isKnownAdministrator?: boolean;
  /** Of the settings page alone: Bitbucket could not be asked whether they still administer the workspace. */
  readonly isUnconfirmed?: boolean;
  /** A fresh token for `<meta name="session">` and the hidden field of forms. */
  readonly session: string;
}

/** Who asks the API; set as `res.locals.caller` before the API's router runs. */
export interface ApiCaller {
  readonly workspace: string;
  readonly repositoryUuid: string | null;
  readonly sight: OpenSight;
  readonly canWrite: boolean;
  /** The session that was shown, `null` for an API token. */
  readonly sessionToken: string | null;
  /** Of a session, as of a page; `null`: a token, or nobody known. */
  readonly viewer?: string | null;
  readonly userUuid?: string | null;
  /** Whose work it is, where that is the holder of a session; a token is a caller of its own. */
  readonly holder?: string;
}

/** What the skeleton leaves in `res.locals` for the routers. */
export interface WebLocals {
  /** The answer is shown in our own window: without Bitbucket's script, and framed by nobody. */
  isOwnWindow?: boolean;
  page?: PageCaller;
  caller?: ApiCaller;
}
