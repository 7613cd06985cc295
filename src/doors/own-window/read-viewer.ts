import { z } from 'zod';
import { BitbucketUnavailable, Forbidden, isRefusal, UnreadablePayload } from '../../bitbucket/client/errors';
import { readWholeListing } from '../../bitbucket/client/listing';
import { orNull, read, uuid, word } from '../../bitbucket/client/payload';
import { SignInRefused } from './sign-in-refused';
import type { ViewerApi } from './viewer-api';

/** Who somebody is and what they may see, in Bitbucket's words. */
export interface ReadViewer {
  readonly uuid: string;
  readonly name: string | null;
  /** By workspace, of those that were asked for; where Bitbucket does not tell, there is nothing. */
  readonly rights: ReadonlyMap<string, ReadRights>;
  /** Bitbucket lists the person in a workspace, and refuses to say what they may see there. */
  readonly isRefused: boolean;
}

export interface ReadRights {
  readonly isAdministrator: boolean;
  /** UUIDs with braces; `null`: all. */
  readonly repositories: readonly string[] | null;
}

const userBody = z.object({ uuid, display_name: orNull(word) });
const accessBody = z.object({ administrator: orNull(z.boolean()), workspace: z.object({ uuid }) });
const roleBody = z.object({ permission: orNull(z.string()) });
const rightBody = z.object({ permission: orNull(z.string()), repository: z.object({ uuid }) });

type IsConnected = (workspace: string) => Promise<boolean>;

const own = '/2.0/user/workspaces';

/**
 * Asks with the person's own token. Of the workspaces those alone that are connected here: nobody needs to know of
 * others.
 * @throws SignInRefused
 */
export async function readViewer(api: ViewerApi, isConnected: IsConnected): Promise<ReadViewer> {
  try {
    return await askAll(api, isConnected);
  } catch (error) {
    if (error instanceof SignInRefused) throw error;
    if (error instanceof Forbidden) throw new SignInRefused('scope_missing', error.what);
    const isUnreadable = error instanceof BitbucketUnavailable || error instanceof UnreadablePayload;
    // Their messages name paths and expectations, never values.
    if (isUnreadable || isRefusal(error)) throw new SignInRefused('bitbucket_unreadable', error.message);
    throw error;
  }
}

async function askAll(api: ViewerApi, isConnected: IsConnected): Promise<ReadViewer> {
  const user = read(userBody, await api.getJson('workspace', '/2.0/user'));
  const rights = new Map<string, ReadRights>();
  let isRefused = false;
  for (const { workspace, administrator } of await listWorkspaces(api)) {
    if (!(await isConnected(workspace.uuid))) continue;
    const read = await readRights(api, workspace.uuid, administrator);
    if (read === null) isRefused = true;
    else rights.set(workspace.uuid, read);
  }
  return { uuid: user.uuid, name: user.display_name, rights, isRefused };
}

async function listWorkspaces(api: ViewerApi): Promise<z.output<typeof accessBody>[]> {
  const { items, unreadable } = await readWholeListing(api, {
    ...{ purpose: 'workspace', path: own, query: [], pagelen: 100 },
    fields: ['administrator', 'workspace.uuid'],
    toItem: (body) => read(accessBody, body),
  });
  // A list of which nothing can be read is no list without workspaces: that would close what was open.
  if (items.length === 0 && unreadable.length > 0) {
    throw new SignInRefused('bitbucket_unreadable', 'no workspace of the list can be read');
  }
  return items;
}

/** `null`: Bitbucket refuses to tell. */
async function readRights(
  api: ViewerApi,
  workspace: string,
  administrator: boolean | null,
): Promise<ReadRights | null> {
  try {
    const isAdministrator = administrator ?? (await isOwner(api, workspace));
    // Who administers a workspace may see all of it.
    return { isAdministrator, repositories: isAdministrator ? null : await listRepositories(api, workspace) };
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

/** Where the list of workspaces does not tell. */
async function isOwner(api: ViewerApi, workspace: string): Promise<boolean> {
  const address = `${own}/${encodeURIComponent(workspace)}/permission`;
  return read(roleBody, await api.getJson('workspace', address)).permission === 'owner';
}

/** Those with a right of the person's own, whatever it is called; public ones are told of by nobody here. */
async function listRepositories(api: ViewerApi, workspace: string): Promise<string[]> {
  const { items } = await readWholeListing(api, {
    ...{ purpose: 'repositories', path: `${own}/${encodeURIComponent(workspace)}/permissions/repositories` },
    ...{ query: [], pagelen: 100, fields: ['permission', 'repository.uuid'] },
    toItem: (body) => read(rightBody, body),
  });
  const visible = items.filter(({ permission }) => permission !== null && permission !== 'none');
  return visible.map(({ repository }) => repository.uuid);
}
