import { createBitbucketApi, type BitbucketApi } from '../../bitbucket/bitbucket-api';
import {
  createBitbucketClient,
  type Authorise,
  type BitbucketClient,
  type BitbucketClientOptions,
} from '../../bitbucket/client/bitbucket-client';
import type { Answer } from '../../bitbucket/client/transport';
import type { Clock } from '../../domain/clock';
import type { Log } from '../../machine/log';
import type { RequestLane } from '../../domain/requests/request-window';
import type { RequestGate } from './request-gate';

export interface BitbucketAccessParts {
  readonly gate: RequestGate;
  /** Handed in by the door through which the workspace came in. */
  readonly authoriserFor: (workspace: string) => Authorise;
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly wait: Required<BitbucketClientOptions>['wait'];
  readonly log: Log;
  /** Aborted when the process ends. */
  readonly signal?: AbortSignal | undefined;
  /** Hears of every answer to a request for a workspace. */
  readonly onAnswer: (workspace: string, answer: Answer) => void;
}

/** Opens Bitbucket's API for one workspace; every request counts against its budget in the given lane. */
export type OpenBitbucket = (workspace: string, lane: RequestLane) => BitbucketApi;

/** A client remembers refusals in a row, so there is one a workspace and lane. */
export function createBitbucketAccess(parts: BitbucketAccessParts): OpenBitbucket {
  const opened = new Map<string, BitbucketApi>();
  return (workspace, lane) => {
    const key = `${lane} ${workspace}`;
    const api = opened.get(key) ?? createBitbucketApi(createGatedClient(parts, workspace, lane));
    opened.set(key, api);
    return api;
  };
}

function createGatedClient(parts: BitbucketAccessParts, workspace: string, lane: RequestLane): BitbucketClient {
  const { gate, apiUrl, clock, random, wait, log, onAnswer } = parts;
  const client = createBitbucketClient({
    apiUrl,
    workspace,
    authorise: parts.authoriserFor(workspace),
    lane,
    clock,
    random,
    log,
    wait,
    signal: parts.signal,
    onAnswer: (answer) => onAnswer(workspace, answer),
    budget: {
      reserve: (askedLane, purpose) => gate.reserve(workspace, askedLane, purpose),
      pause: (until) => gate.pause(workspace, until),
      note: (told) => gate.note(workspace, told),
    },
  });
  return {
    workspace,
    log,
    resolve: (pathOrUrl, from) => client.resolve(pathOrUrl, from),
    getJson: (purpose, pathOrUrl) => gate.pass(workspace, lane, () => client.getJson(purpose, pathOrUrl)),
  };
}
