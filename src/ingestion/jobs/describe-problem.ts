import { BitbucketUnavailable, Forbidden, NotFoundInBitbucket, UnreadablePayload } from '../../bitbucket/client/errors';

/** What a request is for, in the words of a reader; by the purpose that the errors name. */
const things: Readonly<Record<string, string>> = {
  workspace: 'the workspace',
  repositories: 'the list of repositories',
  repository: 'the repository',
  pull_requests: 'the list of pull requests',
  pull_request: 'the pull request',
  activity: 'the activity of pull requests',
  history: 'the commits',
  commits: 'the commits',
  merge_commits: 'the commits',
  sizes: 'the sizes of changes',
  groups: 'the groups of the workspace',
  administrators: 'the administrators of the workspace',
  permissions: 'who may see which repository',
};

const toThing = (purpose: string): string => things[purpose] ?? purpose.replaceAll('_', ' ');

const mostProblems = 3;

/** Why a job failed, for a person: what was asked for, how Bitbucket answered, and what may be done about it. */
export function describeProblem(error: unknown): string {
  if (error instanceof Forbidden) {
    return `Bitbucket refuses ${toThing(error.what)} (403). Look whether Drumbeat still has the scopes it asks for (account, repository, pullrequest) and whether an IP allow-list of the workspace lets its server through.`;
  }
  if (error instanceof NotFoundInBitbucket) {
    return `Bitbucket does not find ${toThing(error.what)} (404). If it was deleted or moved on purpose, nothing needs to be done; else look whether Drumbeat may still read it.`;
  }
  if (error instanceof BitbucketUnavailable) {
    return `Bitbucket did not answer properly: ${error.reason}. Nothing needs to be done if it passes; else look whether Bitbucket can be reached from Drumbeat's server.`;
  }
  if (error instanceof UnreadablePayload) {
    return `A part of Bitbucket's answer could not be understood: ${error.problems.slice(0, mostProblems).join('; ')}. Everything else was read.`;
  }
  return 'Something went wrong on our side; the log has the details.';
}
