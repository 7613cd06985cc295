import type { Connection } from '../../store/connections/connection';
import type { WorkParts } from '../requests/work-parts';
import { isSettled, noteWholeImport } from '../plans/import-plan';

/** What is said of a repository that was known before, and that the present connection does not reach. */
export const outOfReach =
  'The token in use does not reach this repository. What was read of it stays; with a token that reaches it, it is ' +
  'compared from where it was left.';

type Reach = Pick<Connection, 'repositories'>;

export function isReached({ repositories }: Reach, repositoryUuid: string): boolean {
  return repositories === null || repositories.includes(repositoryUuid);
}

/**
 * Whether Bitbucket may be asked for a repository: the workspace is connected, and its connection is not one for other
 * repositories alone. What may not be asked for is left as it is, not taken for gone.
 */
export async function mayAsk(
  { stores }: Pick<WorkParts, 'stores'>,
  workspace: string,
  repositoryUuid: string,
): Promise<boolean> {
  const connection = await stores.connections.getLive(workspace);
  return connection !== null && isReached(connection, repositoryUuid);
}

type NotingParts = Pick<WorkParts, 'stores' | 'clock' | 'importDays'>;

/** Names a repository that is out of reach. An import of it that is under way is not waited for. */
export async function noteOutOfReach(parts: NotingParts, workspace: string, repositoryUuid: string): Promise<void> {
  const { stores, clock } = parts;
  const noted = { problem: outOfReach, now: clock.now() };
  await stores.repositories.noteProblem(workspace, repositoryUuid, noted);
  const row = await stores.imports.get(workspace, repositoryUuid);
  if (row === null || isSettled(row)) return;
  await stores.imports.advance({ ...row, problem: outOfReach });
  await noteWholeImport(parts, workspace);
}
