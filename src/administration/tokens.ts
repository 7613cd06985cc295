import type { Clock } from '../domain/clock';
import type { Stores } from '../store/stores';

/** A token as it is listed: what it is called and may do, never itself. */
export type ListedToken = Awaited<ReturnType<Stores['apiTokens']['list']>>[number];

interface NewToken {
  readonly name: string;
  readonly scope: 'read' | 'read_write';
  /** The UUID of a person, or `link:` and the id of a sign-in link. */
  readonly madeBy: string | null;
  /** What they are called now; `null`: nobody said. */
  readonly makerName: string | null;
}

/** The tokens of the API. */
export function createTokenKeeping(apiTokens: Stores['apiTokens'], clock: Clock) {
  return {
    /** The token is shown this once. */
    createToken: (workspace: string, token: NewToken): Promise<{ id: string; token: string }> =>
      apiTokens.create({ workspace, ...token, now: clock.now() }),
    async revokeToken(workspace: string, id: string): Promise<void> {
      await apiTokens.revoke(workspace, id, clock.now());
    },
    listTokens: (workspace: string): Promise<readonly ListedToken[]> => apiTokens.list(workspace),
  };
}
