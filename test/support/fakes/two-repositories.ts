import { anInstant, day, hour } from '../builders';
import { startFakeWork, type FakeWork } from './fake-work';

export const [shop, till] = ['{shop}', '{till}'];

/** Work on a workspace of two repositories with one merge each, a day old; the workspace has not come in yet. */
export async function startWorkOnTwoRepositories(): Promise<FakeWork> {
  const work = await startFakeWork();
  for (const [uuid, slug] of [
    [shop, 'shop'],
    [till, 'till'],
  ] as const) {
    work.api.addRepository(uuid, slug);
    mergeOne(work, uuid, anInstant - day);
  }
  return work;
}

/** Opens a pull request, and merges it an hour later; its number. */
export function mergeOne({ api, clock }: Pick<FakeWork, 'api' | 'clock'>, uuid: string, at = clock.now()): number {
  const number = api.openPullRequest(uuid, at - hour);
  api.mergePullRequest(uuid, number, at);
  return number;
}
