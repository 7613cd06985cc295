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

/** Moves `updated_on` of a pull request and of its repository; whether a comment moves the latter is a habit. */
export function touch(scene: Scene, pullRequest: PullRequest, by: 'change' | 'comment' = 'change'): void {
  pullRequest.updatedAt = Math.max(pullRequest.updatedAt, scene.at);
  if (by === 'change' || scene.workspace.habits.commentsMove === 'repository') touchRepository(scene);
}

export function touchRepository({ repository, at }: Scene): void {
  repository.updatedAt = Math.max(repository.updatedAt, at);
}
