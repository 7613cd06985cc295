import { z } from 'zod';
import { askOnce, type Reply } from '../../bitbucket/client/ask-once';
import { toUuid } from './lifecycle-body';

/** What an access token says about whose it is. */
type Ownership = 'owned' | 'foreign' | 'unclear';

export type IdentityQuestions = ReturnType<typeof createIdentityQuestions>;

const uuid = z.string().transform(toUuid).pipe(z.string());
const userSchema = z.object({ uuid });
const workspacesSchema = z.object({
  values: z.array(z.object({ workspace: z.object({ uuid }) })),
  next: z.string().nullish(),
});
const workspaceSchema = z.object({ uuid, slug: z.string().min(1), name: z.string().min(1).nullish() });

/**
 * Asks the configured API address. That a workspace can be *read* proves nothing, a public one answers anyone; so
 * either `/2.0/user` is the workspace, or `/2.0/user/workspaces` holds it and nothing else.
 * @throws BitbucketUnavailable, Interrupted
 */
export function createIdentityQuestions(bitbucketApiUrl: string, signal?: AbortSignal) {
  const ask = (authorization: string, path: string) =>
    askOnce({
      url: new URL(`${bitbucketApiUrl}${path}`),
      authorization,
      failure: 'the workspace could not be asked for',
      signal,
    });
  return {
    /** Whether the token is that workspace's own. */
    checkOwner: async (authorization: string, workspace: string): Promise<Ownership> => {
      const user = await ask(authorization, '/2.0/user');
      return isUser(user, workspace) ? 'owned' : judgeList(await ask(authorization, '/2.0/user/workspaces'), workspace);
    },
    /** `null` when Bitbucket does not tell. */
    describeWorkspace: async (authorization: string, workspace: string) => {
      const reply = await ask(authorization, `/2.0/workspaces/${encodeURIComponent(workspace)}`);
      const described = workspaceSchema.safeParse(reply.json);
      if (reply.status !== 200 || !described.success || described.data.uuid !== workspace) return null;
      const { slug, name } = described.data;
      return { slug, name: name ?? slug };
    },
  };
}

function isUser(reply: Reply, workspace: string): boolean {
  const named = userSchema.safeParse(reply.json);
  return reply.status === 200 && named.success && named.data.uuid === workspace;
}

function judgeList(reply: Reply, workspace: string): Ownership {
  const list = workspacesSchema.safeParse(reply.json);
  if (reply.status !== 200 || !list.success) return 'unclear';
  const { next, values } = list.data;
  return (next ?? '') === '' && values.length === 1 && values[0]?.workspace.uuid === workspace ? 'owned' : 'foreign';
}
