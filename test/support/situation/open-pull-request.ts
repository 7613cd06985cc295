import type { SimulatorNotice } from '../../../simulator/connect/deliver-notice';
import type { Opening } from '../../../simulator/live/pull-request-controls';
import { ben, type Situation } from './situation';

/** Which pull request something is done to. */
export interface On {
  readonly repository: string;
  readonly id: number;
}

/**
 * Opens a pull request, by Ben in the repository `shop`, now and with one commit, if nothing else is said. Bitbucket
 * has it then; `notices` are still to be told.
 */
export function openPullRequest(
  { simulator }: Pick<Situation, 'simulator'>,
  opening: Partial<Opening> = {},
): { on: On; notices: SimulatorNotice[] } {
  const { repository = 'shop' } = opening;
  const opened = simulator.pullRequests.openPullRequest({ by: ben.uuid, ...opening, repository });
  return { on: { repository, id: opened.pullRequest.id }, notices: opened.notices };
}
