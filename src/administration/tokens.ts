import type { Clock } from '../domain/clock';
import type { Stores } from '../store/stores';

/** A token as it is listed: what it is called and may do, never itself. */
export type ListedToken = Awaited<ReturnType<Stores['apiTokens']['list']>>[number];

export interface NewToken {
  readonly name: string;
  readonly scope: 'read' | 'read_write';
}

/** The tokens of the API. */
export interface TokenKeeping {
  /** The token is shown this once. */
  createToken(workspace: string, token: NewToken): Promise<{ id: string; token: string }>;
  revokeToken(workspace: string, id: string): Promise<void>;
  listTokens(workspace: string): Promise<readonly ListedToken[]>;
}

export function createTokenKeeping(apiTokens: Stores['apiTokens'], clock: Clock): TokenKeeping {
  return {
    createToken: (workspace, token) => apiTokens.create({ workspace, ...token, now: clock.now() }),
    async revokeToken(workspace, id) {
      await apiTokens.revoke(workspace, id, clock.now());
    },
    listTokens: (workspace) => apiTokens.list(workspace),
  };
}
