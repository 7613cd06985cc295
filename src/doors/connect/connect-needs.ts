import type { Clock } from '../../domain/clock';
import type { Log } from '../../machine/log';
import type { ConnectionStore } from '../../store/connections/connection-store';
import type { ReinstallStore } from '../../store/connections/reinstall-store';
import type { DoorEvents } from '../door';
import type { WorkspaceRecords } from '../workspaces';

/** What a token of Bitbucket came with: an address in a frame, a notice, or a call about an install. */
export type TokenUse = 'page' | 'notice' | 'lifecycle';

/** What the door of Connect is made of. */
export interface ConnectNeeds {
  /** Public address, may have a path. */
  readonly baseUrl: string;
  /** The one address that a secret is ever sent to. */
  readonly bitbucketUrl: string;
  readonly bitbucketApiUrl: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly connections: ConnectionStore;
  readonly reinstalls: ReinstallStore;
  readonly workspaces: WorkspaceRecords;
  readonly events: DoorEvents;
  /** Aborted when the process ends: Bitbucket is asked nothing any more. */
  readonly signal?: AbortSignal | undefined;
  /** For whoever counts: a token of Bitbucket was refused for its times alone. */
  readonly onRefusedByTime?: ((use: TokenUse) => void) | undefined;
}
