import type { PullRequest, UpdateActivity } from '../world/model';
import type { Scene } from './control-room';

/** Where a new pull request is to go, and the head it starts from. */
export function findDestination(
  { repository }: Scene,
  wanted: string | undefined,
): { destination: string; base: string } {
  const destination = wanted ?? repository.mainBranch ?? 'main';
  const base = repository.branches.get(destination);
  if (base === undefined) {
    throw new Error(`No branch ${destination} in ${repository.slug}.`);
  }
  return { destination, base };
}

/** The activity that tells how a pull request is now. */
export function toUpdate({ actor, at }: Scene, pullRequest: PullRequest): UpdateActivity {
  return {
    kind: 'update',
    at,
    actorUuid: actor.uuid,
    state: pullRequest.state,
    sourceHash: pullRequest.source.hash,
    destinationHash: pullRequest.destination.hash,
    title: pullRequest.title,
    isDraft: pullRequest.isDraft,
    isQueued: pullRequest.isQueued,
  };
}

export function touch({ at }: Scene, pullRequest: PullRequest): void {
  pullRequest.updatedAt = Math.max(pullRequest.updatedAt, at);
}
