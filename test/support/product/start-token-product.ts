import { setTimeout as pause } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { joinRooms } from '../../../src/compose';
import type { ConnectRequest, ConnectResult } from '../../../src/doors/access-token/connect-workspace';
import type { TokenConnections } from '../../../src/doors/access-token/token-connections';
import { createSessions } from '../../../src/doors/sessions';
import { systemChance, systemSteady } from '../../../src/machine/clock';
import { createSilentLog } from '../../../src/machine/log';
import { readSettings } from '../../../src/settings';
import type { StaticToken } from '../../../simulator/access/static-token';
import { testClock } from '../test-clock';
import { testEncryptionKey } from '../test-database';
import { callApiFrom, startProduct, untilImported, type ProductOptions, type RunningProduct } from './start-product';
import { signInAsOperator } from '../sign-in-as-operator';

/** As somebody who made it has it. */
export type GivenToken = Pick<StaticToken, 'secret' | 'email'>;

/** The whole product before a simulated Bitbucket, whose workspaces are connected by a token. */
export interface TokenProduct extends Omit<RunningProduct, 'install'> {
  /** What an operator does, on the same database beside the server. */
  readonly connections: TokenConnections;
  /** Connects the first workspace, or the named one, by this token. */
  connect(token: GivenToken, more?: Partial<ConnectRequest>): Promise<ConnectResult>;
}

/** Starts both; nothing is connected yet. */
export async function startTokenProduct(options: ProductOptions): Promise<TokenProduct> {
  const product = await startProduct(options);
  const { clock = testClock } = options;
  const { app, stores, simulator } = product;
  const machine = { clock, steady: systemSteady, random: systemChance, wait: pause, log: createSilentLog() };
  const settings = readSettings(product.environment);
  const rooms = joinRooms({ ...machine, settings, stores, url: app.url, metrics: new Registry() });
  const connections = rooms.tokenConnections;
  const sessions = createSessions({ ...stores, encryptionKey: testEncryptionKey, clock });
  // As a page in our own window carries it that an administrator opened.
  const openPage = async (): Promise<string> => {
    const [workspace] = await stores.workspaces.list();
    if (workspace === undefined) throw new Error('The workspace is not connected.');
    const who = await signInAsOperator(stores, workspace.uuid, clock.now());
    const grant = { workspace: workspace.uuid, repositoryUuid: null, role: 'write', page: 'settings', ...who } as const;
    const issued = await sessions.issue(grant);
    if (issued === null) throw new Error('The workspace is not connected.');
    return issued.session;
  };
  const api = callApiFrom(() => app.url, openPage);
  return {
    ...product,
    ...api,
    connections,
    untilImported: (withinMs) => untilImported(api, withinMs),
    connect: async (token, more) => {
      const workspaceName = simulator.room.findWorkspace(more?.workspaceName).slug;
      const result = await connections.connect({ ...toRequest(token), workspaceName, ...more });
      app.kick();
      return result;
    },
  };
}

/** What an operator gives: the whole workspace, with a webhook. */
function toRequest({ secret, email }: GivenToken): Omit<ConnectRequest, 'workspaceName'> {
  return { token: secret, email, repositories: null, expiresAt: null, withHook: true };
}
