import { refuseAtOnce, succeed, type Action, type ActionResult } from '../../../presentation/forms/form-action';
import { doOnce, hasMark } from '../../../presentation/forms/submission';
import { readOne } from '../../../presentation/filter/page-parameters';
import type { FormRequest, RoomsDependencies } from '../../../presentation/frame/page-dependencies';
import { workWords } from './words';

export const workActions: Readonly<Record<string, Action>> = { 'retry-work': retryOne, 'retry-all-work': retryAll };

const words = workWords.outcome;

async function retryOne(request: FormRequest, dependencies: RoomsDependencies): Promise<ActionResult> {
  return retry(request, dependencies, readOne(request.parameters, 'job') ?? '');
}

async function retryAll(request: FormRequest, dependencies: RoomsDependencies): Promise<ActionResult> {
  return retry(request, dependencies, null);
}

/** The same press that comes twice is answered as the first time. */
async function retry(request: FormRequest, dependencies: RoomsDependencies, id: string | null): Promise<ActionResult> {
  if (!hasMark(request)) return refuseAtOnce(words.refused, words.incomplete);
  const { workspace, sight } = request.caller;
  const of = { workspace, visible: sight.repositories };
  const done = await doOnce(request, dependencies, () => dependencies.givenUpWork.tryAgain(of, id));
  if (done?.made === 0) {
    return refuseAtOnce(words.refused, words.gone);
  }
  return done === null ? succeed(words.again, words.next) : succeed(words.severalAgain(done.made), words.next);
}
