import { createBitbucketApi, type BitbucketApi } from '../bitbucket/bitbucket-api';
import { createBitbucketClient } from '../bitbucket/bitbucket-client';
import { RateLimited } from '../bitbucket/errors';
import type { Clock } from '../domain/clock';
import type { Log } from '../log';
import type { RequestStore } from '../store/work/request-store';
import type { Lane } from './jobs/job-handler';

/** Gives the header for a call to Bitbucket; `fresh` asks for a new token because the last was refused. */
export type Authorise = (options: { fresh: boolean }) => Promise<string>;

export interface BitbucketAccessParts {
  readonly requests: RequestStore;
  /** Handed in by the door through which the workspace came in. */
  readonly authoriserFor: (workspace: string) => Authorise;
  readonly apiUrl: string;
  readonly requestsPerHour: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** Opens Bitbucket's API for one workspace; every request counts against its budget in the given lane. */
export type OpenBitbucket = (workspace: string, lane: Lane) => BitbucketApi;

export function createBitbucketAccess(parts: BitbucketAccessParts): OpenBitbucket {
  const { requests, apiUrl, requestsPerHour, clock, log } = parts;
  return (workspace, lane) =>
    createBitbucketApi(
      createBitbucketClient({
        apiUrl,
        workspace,
        authorise: parts.authoriserFor(workspace),
        lane,
        clock,
        log,
        budget: {
          async reserve(askedLane, purpose) {
            const answer = await requests.reserve({
              workspace,
              now: clock.now(),
              limit: requestsPerHour,
              lane: askedLane,
              purpose,
            });
            if (!answer.granted) throw new RateLimited(answer.retryAt);
          },
          pause: (until) => requests.pause(workspace, until),
        },
      }),
    );
}
