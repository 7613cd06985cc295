import { isRefused, type Refused } from '../../doors/access-token/find-connection';
import { CommandFailed } from '../outcomes/command-failed';

/** @throws {CommandFailed} for what the door does not do, in its words */
export function orFail<T extends object>(answer: T | Refused): T {
  if (isRefused(answer)) throw new CommandFailed('failed', answer.sentence, answer.wayOut);
  return answer;
}
