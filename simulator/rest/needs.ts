import { Refusal } from './refusal';
import type { Caller } from './caller';

interface Scopes {
  /** Of apps, access tokens and OAuth consumers. */
  readonly plain: readonly string[];
  /** Of API tokens; none of them implies another. */
  readonly fine: readonly string[];
}

const one = (plain: string, ...fine: string[]): Scopes => ({
  plain: [plain],
  fine: fine.map((scope) => `${scope}:bitbucket`),
});

/** What a route is for, and the scopes that Bitbucket's description of the API asks for. */
export const needs = {
  nothing: { plain: [], fine: [] },
  user: one('account', 'read:user'),
  email: one('email', 'read:user'),
  workspace: one('account', 'read:workspace'),
  rights: one('account', 'read:repository'),
  ownRights: { plain: ['account', 'repository'], fine: ['read:repository:bitbucket'] },
  repository: one('repository', 'read:repository'),
  pullRequests: one('pullrequest', 'read:pullrequest'),
  pipelines: one('pipeline', 'read:pipeline'),
  projects: one('project', 'read:project'),
  hooks: one('webhook', 'read:webhook'),
  makingHooks: one('webhook', 'read:webhook', 'write:webhook'),
  deletingHooks: one('webhook', 'delete:webhook'),
} as const satisfies Readonly<Record<string, Scopes>>;

export type Need = keyof typeof needs;

/** What may be read without a token where it is public. */
const openNeeds: readonly Need[] = ['nothing', 'workspace', 'repository', 'pullRequests', 'pipelines'];

const implied: Readonly<Record<string, readonly string[]>> = {
  'account:write': ['account'],
  'repository:write': ['repository'],
  'repository:admin': ['repository'],
  'pullrequest:write': ['pullrequest', 'repository:write', 'repository'],
  pullrequest: ['repository'],
  project: ['repository'],
  'pipeline:write': ['pipeline'],
};

/** Refuses a caller whose token lacks a scope, naming both what is asked for and what it has. */
export function checkScopes(caller: Caller, need: Need): void {
  if (caller.kind === 'anonymous') {
    if (!openNeeds.includes(need)) throw new Refusal(401, unauthorisedMessage);
    return;
  }
  const isFine = caller.kind === 'api_token';
  const required: readonly string[] = isFine ? needs[need].fine : needs[need].plain;
  const granted = isFine ? caller.scopes : caller.scopes.flatMap((scope) => [scope, ...(implied[scope] ?? [])]);
  if (required.some((scope) => !granted.includes(scope))) {
    throw new Refusal(403, 'Your credentials lack one or more required privilege scopes.', {
      detail: { granted: caller.scopes, required },
    });
  }
}

export const unauthorisedMessage = 'Token is invalid, expired, or not supported for this endpoint.';
