import type { TokenForm } from '../credentials/credentials';

/** What each step needs, in the words of the page on which each form of token is made. */
const scopes = {
  workspace: { access_token: ['account'], api_token: ['read:workspace:bitbucket', 'read:user:bitbucket'] },
  repositories: { access_token: ['repository'], api_token: ['read:repository:bitbucket'] },
  pull_requests: { access_token: ['pullrequest'], api_token: ['read:pullrequest:bitbucket'] },
  webhook: {
    access_token: ['webhook'],
    api_token: ['read:webhook:bitbucket', 'write:webhook:bitbucket', 'delete:webhook:bitbucket'],
  },
  pipelines: { access_token: ['pipeline'], api_token: ['read:pipeline:bitbucket'] },
  members: { access_token: ['account'], api_token: ['read:workspace:bitbucket', 'read:user:bitbucket'] },
} as const satisfies Record<string, Record<TokenForm, readonly string[]>>;
export type Scoped = keyof typeof scopes;

/** `the scope pipeline`: as Bitbucket names what is missing, else as the form of the token has it. */
export function nameScopes(step: Scoped, form: TokenForm, required: readonly string[]): string {
  const names = required.length > 0 ? required : scopes[step][form];
  const last = names.at(-1) ?? '';
  return names.length === 1 ? `the scope ${last}` : `the scopes ${names.slice(0, -1).join(', ')} and ${last}`;
}
