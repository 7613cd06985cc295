import type { ApiReply } from '../../../bitbucket/client/ask-api';
import type { TokenForm } from '../credentials/credentials';
import { countThings, failed, skipped, unreachable, works, type Finding } from './check';
import { readList, type CountedList, type ListedRepository, type NamedWorkspace } from './read-answers';
import { nameScopes, type Scoped } from './scopes';

/** The steps that must hold: whose token it is, and whether it may read pull requests. */

const madeAnew = 'Make a new token, and give it here.';

/** Of any step: the answers that say something of the token itself. `null`: none of these. */
export function judgeRefusal(reply: ApiReply, form: TokenForm): Finding | null {
  if (reply.kind === 'unreachable') return unreachable(reply.reason);
  if (reply.status !== 401) return null;
  return form === 'access_token'
    ? failed(
        'Bitbucket does not know this token: it is mistyped, expired or revoked.',
        `${madeAnew} With the API token of a person, give its e-mail address too.`,
      )
    : failed(
        'Bitbucket does not know this e-mail address and token: one is mistyped, or the token is expired or revoked.',
        madeAnew,
      );
}

/** A 403: the scope by its name, as far as it is known. */
export function describeLack(
  lack: { readonly step: Scoped; readonly what: string },
  form: TokenForm,
  reply: ApiReply,
): { readonly sentence: string; readonly wayOut: string } {
  const required = reply.kind === 'answer' ? reply.required : [];
  const wayOut =
    form === 'access_token'
      ? `Add ${nameScopes(lack.step, form, required)} to the token, or make one with it, then connect again.`
      : `Make a token with ${nameScopes(lack.step, form, required)}, then connect again.`;
  return { sentence: `The token may not read ${lack.what}.`, wayOut };
}

export interface AskedWorkspace {
  /** As it was given. */
  readonly name: string;
  readonly form: TokenForm;
  readonly reply: ApiReply;
  /** `null`: the answer is none. */
  readonly workspace: NamedWorkspace | null;
}

/** 1: does Bitbucket know the workspace and the token? */
export function judgeWorkspace({ name, form, reply, workspace }: AskedWorkspace): Finding {
  const refusal = judgeRefusal(reply, form);
  if (refusal !== null) return refusal;
  const status = reply.kind === 'answer' ? reply.status : 0;
  if (status === 403) {
    const { sentence, wayOut } = describeLack({ step: 'workspace', what: 'the workspace' }, form, reply);
    return failed(
      sentence,
      `${wayOut} If it is the token of a project or a repository, name its repositories: --repository.`,
    );
  }
  if (status === 404 || status === 410) {
    return failed(
      `Bitbucket knows no workspace ${name} that this token may see.`,
      'Use the short name of the address: for https://bitbucket.org/acme/ that is acme.',
    );
  }
  if (workspace === null) return unreachable(`status ${status} without a workspace`);
  const known = `Bitbucket knows ${workspace.name} and this token.`;
  const isNamed = [workspace.slug, workspace.uuid].includes(name.toLowerCase());
  return works(isNamed ? known : `${known} It is called ${workspace.slug} now, no longer ${name}.`);
}

export interface AskedRepositories {
  readonly workspace: NamedWorkspace;
  readonly form: TokenForm;
  readonly reply: ApiReply;
  /** `null`: the answer is no list. */
  readonly list: CountedList<ListedRepository> | null;
  /** What proves beside a private repository that the token is of this workspace; `null`: nothing does. */
  readonly proof: 'hooks' | 'operator' | null;
}

/** 2: which repositories are seen? A public workspace answers anyone, so something private has to be among them. */
export function judgeRepositories(asked: AskedRepositories): Finding {
  const { workspace, form, reply, list, proof } = asked;
  const refusal = judgeRefusal(reply, form);
  if (refusal !== null) return refusal;
  if (isForbidden(reply)) {
    const { sentence, wayOut } = describeLack({ step: 'repositories', what: 'repositories' }, form, reply);
    return failed(sentence, wayOut);
  }
  if (list === null) return unreachable(`${describeStatus(reply)} instead of repositories`);
  if (!hasPrivate(list) && proof === null) return doubt(workspace, list);
  return works(countRepositories(list));
}

function doubt(workspace: NamedWorkspace, list: CountedList<ListedRepository>): Finding {
  const seen = list.items.length === 0 ? 'no repository' : 'public repositories alone, which anybody may read';
  return failed(
    `The token sees ${seen} of ${workspace.name}. Is it a token of another workspace?`,
    `Make the token in the settings of ${workspace.name}. If really nothing in it is private, say so: --public.`,
  );
}

export function hasPrivate({ items }: CountedList<ListedRepository>): boolean {
  return items.some(({ isPrivate }) => isPrivate === true);
}

function countRepositories({ items, size }: CountedList<ListedRepository>): string {
  const total = size ?? items.length;
  const count = `${size === null ? 'More than ' : ''}${countThings(total, 'repository', 'repositories')}`;
  const secret = items.filter(({ isPrivate }) => isPrivate === true).length;
  return total === items.length ? `${count}, ${secret.toLocaleString('en-GB')} of them private.` : `${count}.`;
}

/** 3: of one repository; `null`: there is none to ask about. */
export function judgePullRequests(
  asked: { readonly form: TokenForm; readonly repository: ListedRepository; readonly reply: ApiReply } | null,
): Finding {
  if (asked === null) return skipped('There is no repository yet.');
  const { form, repository, reply } = asked;
  const refusal = judgeRefusal(reply, form);
  if (refusal !== null) return refusal;
  if (isForbidden(reply)) {
    const { sentence, wayOut } = describeLack({ step: 'pull_requests', what: 'pull requests' }, form, reply);
    return failed(sentence, wayOut);
  }
  const list = readList(toJson(reply), () => true);
  if (list === null) return unreachable(`${describeStatus(reply)} instead of pull requests`);
  const count =
    list.size === null ? '' : `: ${countThings(list.size, 'merged one', 'merged ones')} in ${repository.name}`;
  return works(`Pull requests can be read${count}.`);
}

const isForbidden = (reply: ApiReply): boolean => reply.kind === 'answer' && reply.status === 403;

/** The body of a success; `null` of anything else. */
export function toJson(reply: ApiReply): unknown {
  return reply.kind === 'answer' && reply.status === 200 ? reply.json : null;
}

export function describeStatus(reply: ApiReply): string {
  return reply.kind === 'answer' ? `status ${reply.status}` : reply.reason;
}
