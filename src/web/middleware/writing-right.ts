import type { SessionGrant } from '../../doors/sessions';
import type { WebDependencies } from '../routing/web-dependencies';

type RightNeeds = Pick<WebDependencies, 'administrators' | 'clock'>;

/** Who shows a session that may write. */
export interface Writer extends Pick<SessionGrant, 'workspace' | 'userUuid' | 'signIn'> {
  /** When Bitbucket, or a sign-in, last vouched for them. */
  readonly loadedAt: number;
}

/**
 * Whether something may be changed, or a session that could do so be renewed. `unconfirmed`: Bitbucket could not be asked
 * just now; `outlived`: it never tells, and has shown the settings too long ago.
 */
export type WritingRight = 'granted' | 'refused' | 'unconfirmed' | 'outlived';

/** Where Bitbucket does not tell who administers a workspace, it vouches by showing them the settings: for so long. */
const longestUntoldMs = 60 * 60_000;

const rights = { yes: 'granted', no: 'refused', unreachable: 'unconfirmed' } as const;

/** Asked at every change and every renewal: who is no administrator any more changes nothing any more. */
export async function findWritingRight(
  { workspace, userUuid, signIn, loadedAt }: Writer,
  { administrators, clock }: RightNeeds,
): Promise<WritingRight> {
  // Without a name, only a link of the operator's administers anything; whether it is in force is seen with the sign-in.
  if (userUuid === null) return signIn === null ? 'refused' : 'granted';
  const said = await administrators.confirm(workspace, userUuid);
  if (said !== 'not_told') return rights[said];
  // What a sign-in has read ends by itself, after VIEWER_RIGHTS_MINUTES.
  return signIn !== null || clock.now() - loadedAt <= longestUntoldMs ? 'granted' : 'outlived';
}

/**
 * Whether something may be put right in a row. The session of a page of numbers only reads: its holder is let do this one
 * thing on the word of Bitbucket, or of a sign-in. Where Bitbucket never tells, nothing but the settings, which it shows
 * to administrators alone, speaks for somebody.
 */
export async function findRowRight(
  writer: Writer & { readonly canWrite: boolean },
  needs: RightNeeds,
): Promise<WritingRight> {
  const { workspace, userUuid, signIn, canWrite } = writer;
  if (canWrite || signIn !== null || userUuid === null) return findWritingRight(writer, needs);
  const said = await needs.administrators.confirm(workspace, userUuid);
  return said === 'not_told' ? 'refused' : rights[said];
}

/** What is asked of whoever made a token. */
export interface MakerNeeds extends Pick<WebDependencies, 'administrators'> {
  readonly ownWindow: Pick<WebDependencies['ownWindow'], 'listLinks'>;
}

/**
 * The same of a token, by whoever made it: Bitbucket is asked for a person, the operator may have revoked a link.
 * `madeBy`: `null` for a token of the time before that was kept.
 */
export async function findMakersRight(
  { workspace, madeBy }: { readonly workspace: string; readonly madeBy: string | null },
  { administrators, ownWindow }: MakerNeeds,
): Promise<Exclude<WritingRight, 'outlived'>> {
  if (madeBy === null) return 'granted';
  if (!madeBy.startsWith('{')) {
    const links = await ownWindow.listLinks(workspace);
    const isInForce = links.some(({ id, revokedAt }) => `link:${id}` === madeBy && revokedAt === null);
    return isInForce ? 'granted' : 'refused';
  }
  const said = await administrators.confirm(workspace, madeBy);
  return said === 'not_told' ? 'granted' : rights[said];
}

/** Bitbucket did not say who looks, and that is no page of a repository: such a one is shown nothing. */
export function isStranger(one: Pick<SessionGrant, 'userUuid' | 'signIn' | 'repositoryUuid'>): boolean {
  return one.userUuid === null && one.signIn === null && one.repositoryUuid === null;
}
