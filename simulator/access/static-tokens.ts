import { findRepository, findWorkspaceNamed } from '../rest/call';
import { isMember } from '../world/rights';
import { StaticToken, type TokenOptions } from './static-token';
import type { Caller, Reach } from '../rest/caller';
import type { Account, Clock, Workspace, World } from '../world/model';

export interface AccessTokenOptions extends TokenOptions {
  /** Slug or uuid. Default: the first. */
  readonly workspace?: string;
}

/** What the product asks an access token of a workspace to be allowed. */
export const accessTokenScopes = ['account', 'repository', 'pullrequest', 'pipeline', 'webhook'] as const;

/** What the product asks an API token to be allowed. */
export const apiTokenScopes = [
  ...['read:workspace:bitbucket', 'read:repository:bitbucket', 'read:pullrequest:bitbucket', 'read:user:bitbucket'],
  ...['read:pipeline:bitbucket', 'read:webhook:bitbucket', 'write:webhook:bitbucket', 'delete:webhook:bitbucket'],
] as const;

const narrowScopes = accessTokenScopes.filter((scope) => scope !== 'account');

/** Tokens that people make on Bitbucket's pages: of a workspace, a project, a repository, or of their own. */
export class StaticTokens {
  readonly #all: StaticToken[] = [];

  constructor(
    private readonly world: World,
    private readonly clock: Clock,
  ) {}

  createWorkspaceToken(options: AccessTokenOptions = {}): StaticToken {
    return this.#createAccessToken(this.#findWorkspace(options.workspace), { kind: 'workspace' }, options);
  }

  createProjectToken(project: string, options: AccessTokenOptions = {}): StaticToken {
    const reach = { kind: 'project', key: project } as const;
    return this.#createAccessToken(this.#findWorkspace(options.workspace), reach, options);
  }

  createRepositoryToken(repository: string, options: AccessTokenOptions = {}): StaticToken {
    const workspace = this.#findWorkspace(options.workspace);
    const found = findRepository(workspace, repository);
    if (found === null) throw new Error(`No repository ${repository} in ${workspace.slug}.`);
    return this.#createAccessToken(workspace, { kind: 'repository', uuid: found.uuid }, options);
  }

  /** Of a person, by uuid, nickname or name; it sees what they see, in every workspace. */
  createApiToken(person: string, options: TokenOptions = {}): StaticToken {
    const { uuid, email } = findAccount(this.world, person);
    const { scopes = apiTokenScopes, requestsPerHour = null } = options;
    return this.#keep(
      { kind: 'api_token', personUuid: uuid, scopes, requestsPerHour, id: this.#name() },
      email,
      options,
    );
  }

  /** The good token that a request carries in the right way; `null`: none. */
  find(authorization: string): Caller | null {
    const [scheme, text = ''] = authorization.split(' ');
    if (scheme === 'Bearer') return this.#find(null, text);
    const [email = '', ...rest] = scheme === 'Basic' ? Buffer.from(text, 'base64').toString('utf8').split(':') : [];
    return this.#find(email, rest.join(':'));
  }

  #find(email: string | null, secret: string): Caller | null {
    return this.#all.find((token) => token.email === email && token.accepts(secret))?.caller ?? null;
  }

  #createAccessToken(workspace: Workspace, reach: Reach, options: AccessTokenOptions): StaticToken {
    const id = this.#name();
    const { name = id, requestsPerHour = null } = options;
    const scopes = options.scopes ?? (reach.kind === 'workspace' ? accessTokenScopes : narrowScopes);
    if (reach.kind !== 'workspace' && scopes.includes('account')) {
      throw new Error('Only a token of a workspace can have the scope account.');
    }
    const owner = {
      kind: 'access_token',
      workspaceUuid: workspace.uuid,
      reach,
      name,
      scopes,
      requestsPerHour,
      id,
    } as const;
    return this.#keep(owner, null, options);
  }

  #name(): string {
    return `token-${this.#all.length + 1}`;
  }

  #keep(owner: StaticToken['caller'], email: string | null, options: TokenOptions): StaticToken {
    const token = new StaticToken(owner, email, { ...options, clock: this.clock });
    this.#all.push(token);
    return token;
  }

  #findWorkspace(name: string | undefined): Workspace {
    const found = name === undefined ? this.world.workspaces[0] : findWorkspaceNamed(this.world, name);
    if (found === undefined || found === null) throw new Error(`No workspace ${name ?? ''}.`);
    return found;
  }
}

/** Somebody whom any workspace knows, members first. @throws where nobody is called so. */
export function findAccount(world: World, name: string): Account {
  const named = world.workspaces.flatMap((workspace) =>
    [...workspace.people.values()]
      .filter(({ uuid, nickname, displayName, email }) => [uuid, nickname, displayName, email].includes(name))
      .map((account) => ({ account, isMember: isMember(workspace, account.uuid) })),
  );
  const found = named.find((one) => one.isMember) ?? named[0];
  if (found === undefined) throw new Error(`Nobody is called ${name}.`);
  return found.account;
}
