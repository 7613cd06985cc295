import type { Registry } from 'prom-client';
import type { Clock } from '../domain/clock';
import type { Instant } from '../domain/instant';
import type { Team } from '../domain/team';
import type { WorkspaceSettings } from '../domain/workspace-settings';
import type { ApiTokens } from '../doors/api-tokens';
import type { ConnectDoor } from '../doors/connect/connect-door';
import type { Sessions } from '../doors/sessions';
import type { Log } from '../log';
import type { Reporting } from '../reporting/reporting';

/** What the web room needs of the others: the narrowest shape of each, so that a test can stand in for any. */
export interface WebDependencies {
  readonly settings: WebSettings;
  readonly log: Log;
  readonly clock: Clock;
  readonly connect: ConnectDoor;
  readonly sessions: Sessions;
  readonly apiTokens: ApiTokens;
  readonly inbox: Inbox;
  readonly importStatus: ImportStatusSource;
  readonly administration: Administration;
  readonly reporting: Reporting;
  /** What is missing for the process to do its work, in words. */
  readonly health: () => Promise<Health>;
  /** Where other rooms count; without it the web room counts by itself. */
  readonly metrics?: Registry;
}

export interface WebSettings {
  /** Absolute, may have a path; every route lies beneath it. */
  readonly baseUrl: string;
  readonly bitbucketUrl: string;
  readonly metricsToken: string | null;
  readonly isProduction: boolean;
  /** How deep the history import reads, for the sentence that says so. */
  readonly importDays?: number;
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
  }): Promise<void>;
}

export type ImportState = 'queued' | 'running' | 'done' | 'failed';

/** The JSON of `GET /api/v1/import`. */
export interface ImportStatus {
  readonly state: ImportState;
  readonly repositories: { readonly total: number; readonly done: number; readonly failed: number };
  readonly pull_requests: { readonly total: number; readonly done: number };
  readonly requests: {
    readonly used: number;
    readonly limit: number;
    readonly window_ends_at: string | null;
    readonly by_purpose: Readonly<Record<string, number>>;
  };
  readonly eta_seconds: number | null;
  readonly problems: readonly { readonly repository: string | null; readonly message: string }[];
  readonly sizes: { readonly total: number; readonly done: number };
  readonly items: readonly RepositoryImportStatus[];
  readonly notices: { readonly waiting: number; readonly unreadable: number };
  readonly groups: { readonly read_at: string | null; readonly problem: string | null };
  /** Whether Bitbucket can be asked at all: `live`, or why not; `null` when there was never a connection. */
  readonly connection: ConnectionState | null;
}

export type ConnectionState = 'live' | 'disabled' | 'uninstalled' | 'revoked';

export interface RepositoryImportStatus {
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
  readonly state: ImportState;
  readonly pull_requests: { readonly total: number | null; readonly done: number };
  readonly message: string | null;
}

export interface ImportStatusSource {
  load(workspace: string): Promise<ImportStatus>;
}

export type TokenScope = 'read' | 'read_write';

/** Everything an administrator may change. */
export interface Administration {
  saveSettings(workspace: string, settings: WorkspaceSettings): Promise<void>;
  /** `null`: every repository. */
  restartImport(workspace: string, repositoryUuid: string | null): Promise<void>;
  /** The slug under which the team was kept. */
  saveTeam(workspace: string, team: ManualTeam): Promise<string>;
  deleteTeam(workspace: string, slug: string): Promise<void>;
  /** `token` is shown once and never again. */
  createToken(
    workspace: string,
    token: { readonly name: string; readonly scope: TokenScope },
  ): Promise<{ readonly id: string; readonly token: string }>;
  revokeToken(workspace: string, id: string): Promise<void>;
  listTokens(workspace: string): Promise<readonly ListedToken[]>;
  /** With their members; groups as Bitbucket lists them, and teams kept by hand. Deleted ones too. */
  listTeams(workspace: string): Promise<readonly Team[]>;
  listPeople(workspace: string): Promise<readonly { readonly uuid: string; readonly displayName: string | null }[]>;
}

export interface ManualTeam {
  /** `null`: a new team. */
  readonly slug: string | null;
  readonly name: string;
  readonly members: readonly {
    readonly userUuid: string;
    readonly since: Instant | null;
    readonly until: Instant | null;
  }[];
}

export interface ListedToken {
  readonly id: string;
  readonly name: string;
  readonly scope: TokenScope;
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
}

/** Who asks for a page; set as `res.locals.page` before the pages' router runs. */
export interface PageCaller {
  readonly workspace: string;
  /** The repository the page and its session are bound to; `null`: the whole workspace. */
  readonly repositoryUuid: string | null;
  /** As Bitbucket named the viewing person in the signed address; `null` when it did not. */
  readonly userUuid: string | null;
  readonly canWrite: boolean;
  /** A fresh token for `<meta name="session">` and the hidden field of forms. */
  readonly session: string;
}

/** Who asks the API; set as `res.locals.caller` before the API's router runs. */
export interface ApiCaller {
  readonly workspace: string;
  readonly repositoryUuid: string | null;
  readonly canWrite: boolean;
  /** The session that was shown, `null` for an API token. */
  readonly sessionToken: string | null;
}

/** What the skeleton leaves in `res.locals` for the routers. */
export interface WebLocals {
  page?: PageCaller;
  caller?: ApiCaller;
}
