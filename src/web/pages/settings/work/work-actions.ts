import { refuseAtOnce, succeed, type Action, type ActionResult } from '../../../presentation/forms/form-action';
import { doOnce, hasMark } from '../../../presentation/forms/submission';
import { readOne } from '../../../presentation/filter/page-parameters';
import { formatCounted } from '../../../presentation/format/numbers';
import type { FormRequest, RoomsDependencies } from '../../../presentation/frame/page-dependencies';

export const workActions: Readonly<Record<string, Action>> = { 'retry-work': retryOne, 'retry-all-work': retryAll };

const refused = 'Nothing is tried again';
const next = 'What fails again stands here again, with its reason.';

async function retryOne(request: FormRequest, dependencies: RoomsDependencies): Promise<ActionResult> {
  return retry(request, dependencies, readOne(request.parameters, 'job') ?? '');
}

async function retryAll(request: FormRequest, dependencies: RoomsDependencies): Promise<ActionResult> {
  return retry(request, dependencies, null);
}

/** The same press that comes twice is answered as the first time. */
async function retry(request: FormRequest, dependencies: RoomsDependencies, id: string | null): Promise<ActionResult> {
  if (!hasMark(request)) return refuseAtOnce(refused, 'The form was incomplete: press the button again.');
  const { workspace, sight } = request.caller;
  const of = { workspace, visible: sight.repositories };
  const done = await doOnce(request, dependencies, () => dependencies.givenUpWork.tryAgain(of, id));
  if (done?.made === 0) {
    return refuseAtOnce(refused, 'It is no longer among what was given up: it was tried again, or done, meanwhile.');
  }
  return done === null
    ? succeed('It is tried again', next)
    : succeed(`${formatCounted(done.made, 'piece of work is', 'pieces of work are')} tried again`, next);
}
