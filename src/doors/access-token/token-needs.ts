import type { Clock } from '../../domain/clock';
import type { Instant } from '../../domain/instant';
import type { Log } from '../../machine/log';
import type { ConnectionCheckStore } from '../../store/connections/connection-check-store';
import type { ConnectionStore } from '../../store/connections/connection-store';
import type { WebhookStore } from '../../store/connections/webhook-store';
import type { DoorEvents } from '../door';
import type { WorkspaceRecords } from '../workspaces';

/** The part of the store of workspaces that this door uses. */
interface TokenWorkspaces extends WorkspaceRecords {
  get(uuid: string): Promise<KnownWorkspace | null>;
  list(): Promise<readonly KnownWorkspace[]>;
}

export interface KnownWorkspace {
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
  readonly verifiedAt: Instant | null;
}

/** What the access-token door is made of. */
export interface TokenNeeds {
  /** Public address, may have a path. */
  readonly baseUrl: string;
  readonly bitbucketApiUrl: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly stores: {
    readonly connections: ConnectionStore;
    readonly webhooks: WebhookStore;
    readonly connectionChecks: ConnectionCheckStore;
    readonly workspaces: TokenWorkspaces;
    readonly pullRequests: { newestChangeAt(workspace: string): Promise<Instant | null> };
    readonly notices: { lastReceivedAt(workspace: string): Promise<Instant | null> };
  };
  readonly events: DoorEvents;
  /** Once it is aborted, Bitbucket is asked nothing any more: for a process that has to end. */
  readonly signal?: AbortSignal;
  /** Counts one request of a connected workspace. @throws RateLimited */
  readonly passRequest: (workspace: string, purpose: string) => Promise<void>;
  /** Bitbucket has said 429 to such a request: nobody asks for the workspace before its `Retry-After`. */
  readonly pauseRequests: (workspace: string, retryAfter: string | null) => Promise<void>;
}
