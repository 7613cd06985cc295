import type { Stores } from '../../src/store/stores';

/** An administrator by a link of the operator's, as a session knows them: Bitbucket is not asked for that. */
export async function signInAsOperator({ viewers }: Pick<Stores, 'viewers'>, workspace: string, now: number) {
  const who = { userUuid: null, viewer: 'link:operator', signIn: 'sign-in of the operator' } as const;
  const { viewer, signIn: id } = who;
  await viewers.saveRights(workspace, viewer, { isAdministrator: true, repositories: null, readAt: now });
  const endsAt = now + 400 * 86_400_000;
  await viewers.saveSignIn({ id, way: 'link', viewer, userUuid: null, name: null, startedAt: now, endsAt });
  return who;
}
