import path from 'node:path';
import { z } from 'zod';
import { readPayload } from './golden-payloads';

/**
 * Bodies of Bitbucket's as the payload files hold them, changed where a test wants it: each with more members than we
 * read, so that a test shows what is taken from them and what is not.
 */

type Members = Record<string, unknown>;

export const repositoryUuid = '{0f1e2d3c-4b5a-4968-8776-5544332211aa}';

const members = z.record(z.string(), z.unknown());

function readMembers(situation: string): Members {
  return members.parse(readPayload(path.join(__dirname, '../../../src/bitbucket'), situation));
}

export function buildUserPayload(change: Members = {}): Members {
  return { ...readMembers('client/payloads/people/user'), ...change };
}

export function buildRepositoryPayload(change: Members = {}): Members {
  return { ...readMembers('repositories/payloads/repository/ordinary'), ...change };
}

/** One end of a pull request. */
export function buildEndPayload(branch: string, hash: string): Members {
  const { source } = readMembers('pull-requests/payloads/pull-request/open');
  return { ...members.parse(source), branch: { name: branch }, commit: { type: 'commit', hash, links: {} } };
}

export function buildPullRequestPayload(change: Members = {}): Members {
  return { ...readMembers('pull-requests/payloads/pull-request/open'), ...change };
}

export function buildCommitPayload(change: Members = {}): Members {
  return { ...readMembers('commits/payloads/commit/ordinary'), ...change };
}

export function buildCommentPayload(change: Members = {}): Members {
  const entry = z.object({ values: z.tuple([z.object({ comment: members })]) });
  const { values } = entry.parse(readMembers('pull-requests/payloads/activity/comment'));
  return { ...values[0].comment, ...change };
}
