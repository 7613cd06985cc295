import type { Stores } from '../../store/stores';

/**
 * Notices that were signed with a new secret are held until it has proved itself: then they are worked off like any other;
 * where it did not, they are forgotten.
 */
export async function settleHeldNotices(
  { database, notices, reinstalls }: Pick<Stores, 'database' | 'notices' | 'reinstalls'>,
  workspace: string,
): Promise<void> {
  const awaited = await notices.listAwaited(workspace);
  if (awaited.length === 0) return;
  const judged = [...(await reinstalls.judge(workspace, awaited))];
  await database.transaction(async (tx) => {
    for (const [awaits, fate] of judged) {
      if (fate === 'pending') continue;
      await notices.settleHeld({ workspace, awaits }, fate === 'proven' ? 'waiting' : 'forgotten', tx);
    }
  });
}
