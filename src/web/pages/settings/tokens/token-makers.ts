import type { ListedToken } from '../../../../administration/tokens';
import { findMakersRight, type MakerNeeds } from '../../../middleware/writing-right';
import type { RoomsDependencies } from '../../../presentation/frame/page-dependencies';
import type { PageCaller } from '../../../routing/web-dependencies';

/** Who made a token: whether they still administer the workspace, as far as that is known. */
export type MakerStanding = 'present' | 'gone' | 'unknown';

/** Whoever presses the button, as a viewer, and what they are called now. */
export async function findMaker(
  { workspace, userUuid, signIn, sight }: PageCaller,
  { signIns, reporting }: Pick<RoomsDependencies, 'signIns' | 'reporting'>,
): Promise<{ readonly madeBy: string | null; readonly makerName: string | null }> {
  if (signIn !== null) {
    const found = await signIns.getSignIn(signIn);
    return { madeBy: found?.viewer ?? null, makerName: found?.name ?? null };
  }
  const { people } = await reporting.open(workspace, sight.repositories);
  const person = people.find(({ uuid }) => uuid === userUuid);
  return { madeBy: userUuid, makerName: person?.displayName ?? null };
}

/** Of the makers of tokens that are in force; one reading of the administrators is enough for all of them. */
export async function readStandings(
  tokens: readonly ListedToken[],
  workspace: string,
  needs: MakerNeeds,
): Promise<ReadonlyMap<string, MakerStanding>> {
  const standings = new Map<string, MakerStanding>();
  for (const { id, madeBy, revokedAt } of tokens) {
    if (revokedAt === null) standings.set(id, await readStanding({ workspace, madeBy }, needs));
  }
  return standings;
}

async function readStanding(
  maker: { readonly workspace: string; readonly madeBy: string | null },
  needs: MakerNeeds,
): Promise<MakerStanding> {
  if (maker.madeBy === null) return 'unknown';
  const right = await findMakersRight(maker, needs);
  return right === 'refused' ? 'gone' : 'present';
}
