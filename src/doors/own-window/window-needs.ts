import type { Clock } from '../../domain/clock';
import type { Log } from '../../machine/log';
import type { ConnectionStore } from '../../store/connections/connection-store';
import type { ViewerStore } from '../../store/viewers/viewer-store';

/** What our own window needs of the rest: the settings of that name, and the stores. */
export interface WindowNeeds {
  /** The public address. */
  readonly baseUrl: string;
  readonly bitbucketUrl: string;
  readonly bitbucketApiUrl: string;
  readonly encryptionKey: Buffer;
  readonly oauthKey: string | null;
  readonly oauthSecret: string | null;
  readonly signInHours: number;
  readonly viewerRightsMinutes: number;
  readonly trustedUserHeader: string | null;
  readonly trustedProxies: readonly string[] | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly viewers: ViewerStore;
  readonly connections: Pick<ConnectionStore, 'getLive' | 'get' | 'list'>;
  readonly workspaces: WorkspaceNames;
  /**
   * The member of a workspace who has this e-mail address, asked with the service's own connection; `null`: none.
   * @throws whatever keeps Bitbucket from being asked, or Bitbucket from telling
   */
  readonly askMember: (workspace: string, email: string) => Promise<Member | null>;
  /** Milliseconds that a person who signs in waits for one answer of Bitbucket's. Default: ten seconds. */
  readonly timeoutMs?: number;
}

export interface Member {
  readonly uuid: string | null;
  readonly name: string | null;
}

interface WorkspaceNames {
  get(uuid: string): Promise<{ readonly uuid: string; readonly slug: string; readonly name: string } | null>;
}
