import { toWorkspacePath } from '../client/address';
import type { BitbucketClient } from '../client/bitbucket-client';
import { toWorkspace, type NamedWorkspace } from './to-workspace';

/** A workspace by its UUID. Public ones answer anyone: being able to read it proves nothing. */
export async function readWorkspace(client: BitbucketClient, workspace: string): Promise<NamedWorkspace> {
  return toWorkspace(await client.getJson('workspace', toWorkspacePath(workspace)));
}
