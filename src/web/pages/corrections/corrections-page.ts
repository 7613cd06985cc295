import { lookUp } from '../../../domain/look-up';
import type {
  AnswerPage,
  FormRequest,
  PageAnswer,
  RoomsDependencies,
} from '../../presentation/frame/page-dependencies';
import { readOne } from '../../presentation/filter/page-parameters';
import { mayCorrect, parseCommand, type RowCommand, type RowSaid } from '../../presentation/rows/row-editing';
import { saidTexts } from '../../presentation/rows/words';
import type { PageName } from '../../routing/paths';
import { answerDay } from '../day/day-page';
import { answerPullRequest } from '../pull-request/pull-request-page';
import { answerRelease } from '../release/release-page';
import { answerDeployments, answerIncidents, answerPullRequests } from '../rows/rows-page';
import { answerWorkInProgress } from '../work-in-progress/work-in-progress-page';
import { findBack } from './find-back';
import { runRowAct } from './row-acts';

/** The pages whose rows have buttons: what such a button does is answered with the page again. */
const pages: Partial<Record<PageName, AnswerPage>> = {
  deployments: answerDeployments,
  incidents: answerIncidents,
  pullRequests: answerPullRequests,
  workInProgress: answerWorkInProgress,
  pullRequest: answerPullRequest,
  day: answerDay,
  release: answerRelease,
};
const pageNames = Object.keys(pages) as readonly PageName[];

/**
 * What a button in a row does, and then the page that it stands on, with what came of it below the row. Whether its sender
 * administers the workspace has been asked before (docs/decisions/0039).
 */
export async function answerCorrections(request: FormRequest, dependencies: RoomsDependencies): Promise<PageAnswer> {
  const { caller, parameters, isPost } = request;
  const back = findBack(readOne(parameters, 'back'), pageNames, dependencies.links);
  const command = parseCommand(readOne(parameters, 'do'));
  const answer = back === null ? undefined : lookUp(pages as Record<string, AnswerPage>, back.name);
  if (!isPost || !mayCorrect(caller.sight) || back === null || command === null || answer === undefined) {
    return { kind: 'not-found' };
  }
  const said =
    caller.isUnconfirmed === true ? sayUnconfirmed(command) : await runRowAct(command, request, dependencies);
  return keepUntilRead(await answer({ caller, parameters: back.parameters, said }, dependencies));
}

/** What came of a button stays until it was read: the page, fetched again, would say nothing of it. */
function keepUntilRead(answer: PageAnswer): PageAnswer {
  return answer.kind === 'page' ? { ...answer, live: null } : answer;
}

/** Nothing is done on the word of what was so before. */
function sayUnconfirmed({ row }: RowCommand): RowSaid {
  return { row, tone: 'error', text: saidTexts.unconfirmed, undo: null, ask: null };
}
