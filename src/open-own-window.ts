import type { Clock } from './domain/clock';
import type { TokenConnections } from './doors/access-token/token-connections';
import { isAnyConnected } from './doors/open-connection';
import { createOwnWindow } from './doors/own-window/own-window';
import type { Ingestion } from './ingestion/ingestion';
import type { Log } from './machine/log';
import type { Settings } from './settings';
import type { Stores } from './store/stores';
import type { WebDependencies } from './web/routing/web-dependencies';

interface WindowParts {
  readonly settings: Settings;
  /** The public address. */
  readonly url: string;
  readonly encryptionKey: Buffer;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly log: Log;
  readonly ingestion: Pick<Ingestion, 'findMember'>;
  readonly tokenConnections: Pick<TokenConnections, 'describe'>;
}

/** What the web room needs beside its pages to show them outside of Bitbucket's frame. */
export function openOwnWindow(
  parts: WindowParts,
): Pick<WebDependencies, 'ownWindow' | 'signIns' | 'installation' | 'connections'> {
  const { settings, url, stores, ingestion, tokenConnections } = parts;
  return {
    ownWindow: createOwnWindow({ ...settings, ...parts, ...stores, baseUrl: url, askMember: ingestion.findMember }),
    signIns: stores.viewers,
    installation: {
      isConnected: () => isAnyConnected(stores),
      listLastCheck: () => stores.connectionChecks.listLast(),
    },
    connections: { describe: tokenConnections.describe },
  };
}
