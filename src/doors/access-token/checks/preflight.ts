import type { ApiReply, AskApi } from '../../../bitbucket/client/ask-api';
import { toRepositoryPath, toWorkspacePath } from '../../../bitbucket/client/address';
import type { TokenForm } from '../credentials/credentials';
import { findAddressProblem, judgeAddress } from './address-step';
import { toCheck, type Check, type Finding, type Step } from './check';
import { findNameProblem, missingRepository } from './names';
import { hasPrivate, judgePullRequests, judgeRepositories, judgeWorkspace, toJson } from './needed-steps';
import { judgeAdministrators, judgeGroups, judgeMembers, judgePipelines, judgeWebhook } from './other-steps';
import {
  readList,
  readListedRepository,
  readRepositoryAnswer,
  readWorkspaceAnswer,
  type CountedList,
  type ListedRepository,
  type NamedWorkspace,
} from './read-answers';

export interface PreflightRequest {
  /** Short name, or UUID with braces. */
  readonly workspaceName: string;
  readonly form: TokenForm;
  /** Short names or UUIDs of those that the token reaches; `null`: the whole workspace. */
  readonly repositories: readonly string[] | null;
  /** Somebody says that nothing in the workspace is private. */
  readonly isPublic: boolean;
}

export interface PreflightNeeds {
  readonly ask: AskApi;
  readonly baseUrl: string;
  readonly bitbucketApiUrl: string;
  /** Whether BASE_URL answers from here; `null`: not asked. */
  readonly askOwnAddress: () => Promise<boolean | null>;
  /** Called once the workspace is known: may stop what follows by throwing. */
  readonly onWorkspace: (workspace: NamedWorkspace) => Promise<void>;
  readonly onCheck: (check: Check) => void;
}

/** What a token can do in a workspace. */
export interface Preflight {
  readonly checks: readonly Check[];
  /** Steps 1 to 3 hold. */
  readonly canConnect: boolean;
  /** As Bitbucket names it now; `null` where it does not tell. */
  readonly workspace: NamedWorkspace | null;
  /** UUIDs of those asked for; `null`: all. */
  readonly repositories: readonly string[] | null;
  /** Nothing in BASE_URL speaks against calls from outside. */
  readonly canBeCalled: boolean;
}

/** Nine steps, one after the other; nothing is changed anywhere. What `onWorkspace` throws ends it. */
export async function runPreflight(request: PreflightRequest, needs: PreflightNeeds): Promise<Preflight> {
  return new PreflightRun(request, needs).run();
}

/** What steps 1 and 2 leave to the later ones. */
interface Known {
  readonly workspace: NamedWorkspace;
  readonly repositories: readonly ListedRepository[];
  readonly hooks: ApiReply | null;
}

class PreflightRun {
  readonly #request: PreflightRequest;
  readonly #needs: PreflightNeeds;
  readonly #checks: Check[] = [];
  #workspace: NamedWorkspace | null = null;

  constructor(request: PreflightRequest, needs: PreflightNeeds) {
    this.#request = request;
    this.#needs = needs;
  }

  async run(): Promise<Preflight> {
    const known = await this.#takeFirstSteps();
    if (known === null) return this.#finish(null);
    const [first = null] = known.repositories;
    const isReadable = await this.#askPullRequests(known.workspace, first);
    if (!isReadable) return this.#finish(null);
    await this.#takeOtherSteps(known, first);
    const { repositories } = this.#request;
    return this.#finish({ repositories: repositories && known.repositories.map(({ uuid }) => uuid) });
  }

  /** 1 and 2, by whichever way the token allows; `null`: they do not hold. */
  async #takeFirstSteps(): Promise<Known | null> {
    const { repositories } = this.#request;
    const problem = findNameProblem(this.#request);
    if (problem !== null) return this.#stop(problem.step, problem.finding);
    const workspace = await this.#readWorkspace();
    if (workspace === null) return null;
    this.#workspace = workspace;
    await this.#needs.onWorkspace(workspace);
    return repositories === null ? this.#listRepositories(workspace) : this.#readEach(workspace, repositories);
  }

  async #readWorkspace(): Promise<NamedWorkspace | null> {
    const { workspaceName: name, form, repositories } = this.#request;
    const reply = await this.#ask(toWorkspacePath(name));
    const isScopeless = reply.kind === 'answer' && reply.status === 403;
    const first = repositories?.[0];
    const named =
      isScopeless && first !== undefined
        ? await this.#askWorkspaceOfRepository(first)
        : { reply, workspace: readWorkspaceAnswer(toJson(reply)) };
    return this.#add('workspace', judgeWorkspace({ name, form, ...named })) ? named.workspace : null;
  }

  /** The token of a project or a repository may not read the workspace, but each repository names it. */
  async #askWorkspaceOfRepository(name: string): Promise<{ reply: ApiReply; workspace: NamedWorkspace | null }> {
    const reply = await this.#ask(toRepositoryPath({ workspace: this.#request.workspaceName, repository: name }));
    return { reply, workspace: readRepositoryAnswer(toJson(reply))?.workspace ?? null };
  }

  async #listRepositories(workspace: NamedWorkspace): Promise<Known | null> {
    const { form, isPublic } = this.#request;
    const path = `/2.0/repositories/${encodeURIComponent(workspace.uuid)}`;
    const reply = await this.#ask(`${path}?pagelen=100`);
    const list = await this.#addPrivate(readList(toJson(reply), readListedRepository), path);
    const isDoubted = list !== null && !hasPrivate(list) && !isPublic;
    // Hooks of a workspace are shown to its owners alone: that is as good a proof.
    const hooks = isDoubted ? await this.#ask(toHooksPath(workspace)) : null;
    const proof = isPublic ? 'operator' : findProof(hooks);
    const holds = this.#add('repositories', judgeRepositories({ workspace, form, reply, list, proof }));
    return holds && list !== null ? { workspace, repositories: list.items, hooks } : null;
  }

  /** Of many repositories the private ones may come after those that were listed: one of them is enough. */
  async #addPrivate(
    list: CountedList<ListedRepository> | null,
    path: string,
  ): Promise<CountedList<ListedRepository> | null> {
    if (list === null || hasPrivate(list) || list.size === list.items.length) return list;
    const reply = await this.#ask(`${path}?pagelen=1&q=is_private%3Dtrue`);
    const more = readList(toJson(reply), readListedRepository)?.items ?? [];
    return { ...list, items: [...list.items, ...more] };
  }

  async #readEach(workspace: NamedWorkspace, names: readonly string[]): Promise<Known | null> {
    const { form, isPublic } = this.#request;
    const items: ListedRepository[] = [];
    let reply: ApiReply | null = null;
    for (const name of names) {
      reply = await this.#ask(toRepositoryPath({ workspace: workspace.uuid, repository: name }));
      if (reply.kind === 'answer' && reply.status === 404) {
        return this.#stop('repositories', missingRepository(name, workspace));
      }
      const read = readRepositoryAnswer(toJson(reply));
      if (read === null) {
        this.#add('repositories', judgeRepositories({ workspace, form, reply, list: null, proof: null }));
        return null;
      }
      items.push(read.repository);
    }
    if (reply === null) return null;
    const list = { items, size: items.length };
    const proof = isPublic ? 'operator' : null;
    const holds = this.#add('repositories', judgeRepositories({ workspace, form, reply, list, proof }));
    return holds ? { workspace, repositories: items, hooks: null } : null;
  }

  async #askPullRequests(workspace: NamedWorkspace, repository: ListedRepository | null): Promise<boolean> {
    const { form } = this.#request;
    if (repository === null) return this.#add('pull_requests', judgePullRequests(null));
    const reply = await this.#ask(`${toPath(workspace, repository)}/pullrequests?pagelen=1&state=MERGED`);
    return this.#add('pull_requests', judgePullRequests({ form, repository, reply }));
  }

  async #takeOtherSteps({ workspace, hooks }: Known, repository: ListedRepository | null): Promise<void> {
    const { form, repositories } = this.#request;
    const { baseUrl, bitbucketApiUrl, askOwnAddress } = this.#needs;
    const path = toWorkspacePath(workspace.uuid);
    const hooksPath =
      repositories === null || repository === null ? toHooksPath(workspace) : `${toPath(workspace, repository)}/hooks`;
    this.#add('webhook', judgeWebhook({ form, slug: workspace.slug, reply: hooks ?? (await this.#ask(hooksPath)) }));
    const deployments = repository && (await this.#ask(`${toPath(workspace, repository)}/deployments?pagelen=1`));
    this.#add('pipelines', judgePipelines(repository && deployments && { form, repository, reply: deployments }));
    this.#add('members', judgeMembers({ form, reply: await this.#ask(`${path}/members?pagelen=1`) }));
    const groups = await this.#ask(`/1.0/groups/${encodeURIComponent(workspace.slug)}/`);
    this.#add('groups', judgeGroups({ form, reply: groups }));
    const owners = await this.#ask(`${path}/permissions?q=permission%3D%22owner%22`);
    this.#add('administrators', judgeAdministrators({ form, reply: owners }));
    const answers = findAddressProblem({ baseUrl, bitbucketApiUrl }) === null ? await askOwnAddress() : null;
    this.#add('address', judgeAddress({ baseUrl, bitbucketApiUrl, answers }));
  }

  async #ask(path: string): Promise<ApiReply> {
    return this.#needs.ask({ path });
  }

  /** Does it hold? */
  #add(step: Step, finding: Finding): boolean {
    const check = toCheck(step, finding);
    this.#checks.push(check);
    this.#needs.onCheck(check);
    return check.result !== 'failed';
  }

  #stop(step: Step, finding: Finding): null {
    this.#add(step, finding);
    return null;
  }

  #finish(found: { readonly repositories: readonly string[] | null } | null): Preflight {
    return {
      checks: this.#checks,
      canConnect: found !== null,
      workspace: this.#workspace,
      repositories: found?.repositories ?? null,
      canBeCalled: findAddressProblem(this.#needs) === null,
    };
  }
}

function findProof(hooks: ApiReply | null): 'hooks' | null {
  return hooks?.kind === 'answer' && hooks.status === 200 ? 'hooks' : null;
}

const toHooksPath = ({ uuid }: NamedWorkspace): string => `${toWorkspacePath(uuid)}/hooks`;
const toPath = ({ uuid: workspace }: NamedWorkspace, { uuid: repository }: ListedRepository): string =>
  toRepositoryPath({ workspace, repository });
