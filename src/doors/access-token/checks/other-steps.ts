import type { ApiReply } from '../../../bitbucket/client/ask-api';
import type { TokenForm } from '../credentials/credentials';
import { countThings, notAllowed, skipped, works, type Finding } from './check';
import { describeLack, describeStatus, toJson } from './needed-steps';
import { readList, type ListedRepository } from './read-answers';

/** The steps without which the rest goes on. */

interface Asked {
  readonly form: TokenForm;
  readonly reply: ApiReply;
}

const isOk = (reply: ApiReply): boolean => reply.kind === 'answer' && reply.status === 200;
const isRefused = (reply: ApiReply): boolean => reply.kind === 'answer' && [401, 403].includes(reply.status);

/** Neither yes nor no. */
const unclear = (reply: ApiReply, whatNow: string): Finding =>
  skipped(`Bitbucket did not say (${describeStatus(reply)}). ${whatNow}`, 'Check again later.');

/** 4: whether webhooks can be looked at; making one takes a workspace owner as well. */
export function judgeWebhook({ form, reply, slug }: Asked & { readonly slug: string }): Finding {
  if (isOk(reply)) return works('Webhooks can be read, so Bitbucket can be asked to call Drumbeat.');
  if (!isRefused(reply)) return unclear(reply, 'Until then changes are looked for.');
  const { wayOut } = describeLack({ step: 'webhook', what: 'webhooks' }, form, reply);
  return notAllowed(
    'The token may not make webhooks, so changes are found every hour.',
    `Ask a workspace owner to run what this prints: drumbeat hook ${slug} --print. Or: ${wayOut}`,
  );
}

/** 5: of one repository; `null`: there is none to ask about. */
export function judgePipelines(asked: (Asked & { readonly repository: ListedRepository }) | null): Finding {
  if (asked === null) return skipped('There is no repository yet.');
  const { form, reply, repository } = asked;
  if (isOk(reply)) return works('Deployments of Pipelines can be read.');
  if (reply.kind === 'answer' && reply.status === 404) {
    return skipped(`Bitbucket shows no Pipelines in ${repository.name}. Merges stand in for deployments.`);
  }
  if (!isRefused(reply)) return unclear(reply, 'Until then merges stand in for deployments.');
  const { sentence, wayOut } = describeLack({ step: 'pipelines', what: 'pipelines' }, form, reply);
  return notAllowed(`${sentence} Merges stand in for deployments.`, wayOut);
}

/** 6 */
export function judgeMembers({ form, reply }: Asked): Finding {
  const list = readList(toJson(reply), () => true);
  if (list !== null) {
    return works(list.size === null ? 'Members can be read.' : `${countThings(list.size, 'person', 'people')}.`);
  }
  if (!isRefused(reply)) return unclear(reply, 'People are known by what they do.');
  const { sentence, wayOut } = describeLack({ step: 'members', what: 'the members' }, form, reply);
  return notAllowed(`${sentence} People are known by what they do.`, wayOut);
}

/** 7: the last family of API 1.0, which tells administrators alone. */
export function judgeGroups({ reply }: Asked): Finding {
  const groups = toJson(reply);
  if (Array.isArray(groups)) {
    return works(`${countThings(groups.length, 'group', 'groups')}, which can be used as teams.`);
  }
  const isNo = reply.kind === 'answer' && [401, 403, 404, 405, 410].includes(reply.status);
  if (!isNo) return unclear(reply, 'Until then teams are kept by hand.');
  return notAllowed('Bitbucket does not show this token the groups.', 'Keep teams by hand, on the settings page.');
}

/** 8: that an access token is refused is as it should be. */
export function judgeAdministrators({ form, reply }: Asked): Finding {
  const list = readList(toJson(reply), () => true);
  if (list !== null && list.items.length > 0) {
    return works(`Administrators can be read: ${countThings(list.size ?? list.items.length, 'owner', 'owners')}.`);
  }
  if (list === null && !isRefused(reply)) return unclear(reply, 'A sign-in link or signing in tells who administers.');
  return skipped(
    form === 'access_token'
      ? 'Bitbucket tells no access token who administers a workspace, which is as expected.'
      : 'Bitbucket does not tell this token who administers the workspace.',
    'Administrators come in by signing in with Bitbucket, or by drumbeat sign-in-link --administrator.',
  );
}
