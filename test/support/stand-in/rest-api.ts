import { uuidOf, type Grower, type GitCommit, type GitPullRequest } from './git-world';
import { Paging, reduce, Refusal, type Asked } from './paging';
import { Present } from './present';
import type { Quirks } from './quirks';
import type { SmallWorld } from './small-world';

interface Call {
  readonly grower: Grower;
  readonly asked: Asked;
  readonly parts: readonly string[];
}

type Route = (call: Call) => unknown;

const missing = (): never => {
  throw new Refusal(404, 'Not Found');
};

/** Bitbucket's API over the small world, as far as the product asks it. */
export class RestApi {
  readonly present: Present;
  readonly #paging: Paging;
  readonly #routes: readonly (readonly [RegExp, Route])[];

  constructor(
    private readonly world: SmallWorld,
    private readonly quirks: Quirks,
    private readonly url: () => string,
  ) {
    this.present = new Present(quirks, url, () => world.slug);
    this.#paging = new Paging(quirks);
    this.#routes = [
      [/^\/pullrequests$/u, (call) => this.listPullRequests(call)],
      [/^\/pullrequests\/activity$/u, (call) => this.listAllActivity(call)],
      [/^\/pullrequests\/(\d+)$/u, (call) => this.getPullRequest(call)],
      [/^\/pullrequests\/(\d+)\/activity$/u, (call) => this.listActivityOf(call, this.find(call))],
      [/^\/pullrequests\/(\d+)\/commits$/u, (call) => this.listCommitsOf(call)],
      [/^\/pullrequests\/(\d+)\/diffstat$/u, (call) => this.redirectToDiffstat(call)],
      [/^\/diffstat\/(.+)$/u, (call) => this.listDiffstat(call)],
      [/^\/commits$/u, (call) => this.listCommits(call)],
      [/^\/commit\/([0-9a-f]+)$/u, (call) => this.getCommit(call)],
      [/^$/u, (call) => this.reduced(call, this.present.repository(call.grower.repository))],
    ];
  }

  /** @throws Refusal */
  answer(path: string, query: URLSearchParams): unknown {
    const asked = { address: `${this.url()}${path}`, query, most: 100 };
    const [, family, owner, rest = ''] = /^\/2\.0\/(repositories|workspaces)\/([^/]+)(.*)$/u.exec(path) ?? [];
    if (owner === undefined) return this.answerGlobal(path, asked);
    if (![this.present.uuid(this.world.uuid), this.world.uuid, this.world.slug].includes(decodeURIComponent(owner))) {
      return missing();
    }
    if (family === 'workspaces') return this.answerWorkspace(rest, asked);
    return rest === '' ? this.listRepositories(asked) : this.answerRepository(rest, asked);
  }

  private answerRepository(rest: string, asked: Asked): unknown {
    const [slug = '', ...others] = rest.slice(1).split('/');
    const below = others.map((one) => `/${one}`).join('');
    const name = decodeURIComponent(slug);
    const grower = this.world.growers.find(({ repository: { uuid, slug } }) =>
      [this.present.uuid(uuid), uuid, slug].includes(name),
    );
    const found = this.#routes.find(([form]) => form.test(below));
    if (grower === undefined || found === undefined) return missing();
    const [form, route] = found;
    return this.#paging.goOn(asked) ?? route({ grower, asked, parts: (form.exec(below) ?? []).slice(1) });
  }

  private workspace(): unknown {
    return { type: 'workspace', uuid: this.present.uuid(this.world.uuid), slug: this.world.slug, name: 'Small World' };
  }

  private answerWorkspace(rest: string, asked: Asked): unknown {
    if (rest === '') return this.workspace();
    return rest === '/permissions' ? (this.#paging.goOn(asked) ?? this.listPermissions(asked)) : missing();
  }

  private listPermissions(asked: Asked): unknown {
    const { owners } = this.quirks;
    if (owners === 'forbidden') throw new Refusal(403, 'Forbidden');
    if (owners === 'nonsense') return { owners: 'somebody' };
    const isOnlyOwners = owners === 'told' && asked.query.get('q') === 'permission="owner"';
    const write = (permission: string) => (name: string) => ({ permission, user: this.present.person(name) });
    const members = isOnlyOwners ? [] : this.world.members.map(write('member'));
    return this.#paging.page([...members, ...this.world.owners.map(write('owner'))], asked);
  }

  private answerGlobal(path: string, asked: Asked): unknown {
    const { identity } = this.quirks;
    if (path === '/2.0/user' && identity === 'unnamed user') throw new Refusal(403, '<html>no</html>');
    if (path === '/2.0/user') {
      const uuid = identity === 'user' ? this.present.uuid(this.world.uuid) : uuidOf('an app user');
      return { type: identity === 'user' ? 'team' : 'app_user', uuid };
    }
    if (path === '/2.0/user/workspaces') {
      return this.#paging.page([{ administrator: true, workspace: this.workspace() }], asked);
    }
    return path.startsWith('/1.0/groups/') ? this.answerGroups(path) : missing();
  }

  private answerGroups(path: string): unknown {
    const { groups } = this.quirks;
    const bare = `/1.0/groups/${this.world.slug}`;
    const answers: Readonly<Record<string, () => unknown>> = {
      'forbidden/': () => {
        throw new Refusal(403, 'Forbidden');
      },
      'redirected/': () => {
        throw new Refusal(301, '', { location: bare });
      },
      'nonsense/': () => ({ groups: 'gone' }),
      'odd/': () => [...this.groups(), { slug: 'without-members', name: 'No members told' }],
      'odd/without-members/members': () => [this.present.person('dan')],
      'with slash/': () => this.groups(),
      'without slash': () => this.groups(),
      redirected: () => this.groups(),
    };
    return (path.startsWith(bare) ? (answers[groups + path.slice(bare.length)] ?? missing) : missing)();
  }

  private groups(): unknown[] {
    return this.world.groups.map(({ slug, members }) => ({
      ...{ slug, name: slug, permission: null, owner: {} },
      members: members.map((name) => (name === null ? { display_name: 'Former user' } : this.present.person(name))),
    }));
  }

  private listRepositories(asked: Asked): unknown {
    return this.#paging.page(
      this.world.repositories.map((one) => this.present.repository(one)),
      asked,
    );
  }

  private find({ grower, parts }: Call): GitPullRequest {
    return grower.repository.pullRequests.find(({ id }) => String(id) === parts[0]) ?? missing();
  }

  private reduced({ asked }: Call, body: unknown): unknown {
    return reduce(body, asked.query.get('fields'), this.quirks);
  }

  private getPullRequest(call: Call): unknown {
    return this.reduced(call, this.present.pullRequest(call.grower.repository, this.find(call)));
  }

  private listPullRequests({ grower, asked }: Call): unknown {
    const states = asked.query.getAll('state');
    const wanted = grower.repository.pullRequests.filter(({ state }) =>
      states.length === 0 ? state === 'OPEN' : states.includes(state),
    );
    if (!this.quirks.isSortIgnored && asked.query.get('sort') === '-updated_on') {
      wanted.sort((one, other) => other.updatedAt - one.updatedAt);
    }
    const bodies = wanted.map((one) => this.present.pullRequest(grower.repository, one));
    return this.#paging.page(bodies, { ...asked, most: 50 });
  }

  private listAllActivity(call: Call): unknown {
    if (this.quirks.activity === 'of single pull requests only') return missing();
    if (this.quirks.activity === 'no number') throw new Refusal(400, 'Bad Request');
    return this.listActivity(call, call.grower.repository.pullRequests);
  }

  private listActivityOf(call: Call, one: GitPullRequest): unknown {
    return one.told === 'nothing' ? missing() : this.listActivity(call, [one]);
  }

  private listActivity({ asked }: Call, of: readonly GitPullRequest[]): unknown {
    const all = of.flatMap((one) => this.present.activity(one));
    const sign = this.quirks.activity === 'oldest first' ? 1 : -1;
    const entries = all.sort((one, other) => sign * (one.at - other.at)).map(({ entry }) => entry);
    return this.#paging.page(entries, { ...asked, most: this.quirks.mostActivity });
  }

  private listCommitsOf(call: Call): unknown {
    const one = this.find(call);
    if (one.fork === 'gone') return missing();
    const merge = call.grower.repository.commits.get(one.mergeHash ?? '');
    const isListed = this.quirks.isMergeListed && one.merging !== 'fast-forward' && merge !== undefined;
    const commits = one.isBranchThere ? [...(isListed ? [merge] : []), ...one.commits] : [];
    return this.pageCommits(commits, { ...call.asked, most: this.quirks.mostOfPullRequest });
  }

  private pageCommits(commits: readonly GitCommit[], asked: Asked): unknown {
    return this.#paging.page(
      commits.map((one) => this.present.commit(one)),
      asked,
    );
  }

  private redirectToDiffstat({ asked, parts }: Call): never {
    const address = asked.address.replace(/pullrequests\/\d+\/diffstat$/u, '');
    throw new Refusal(302, '', { location: `${address}diffstat/${this.world.slug}/x:${parts[0] ?? ''}..x` });
  }

  private listDiffstat({ asked, parts }: Call): unknown {
    const spec = decodeURIComponent(parts[0] ?? '');
    if (!/:\d+\.\.x$/u.test(spec)) return missing();
    const file = { type: 'diffstat', status: 'added', lines_added: 3, lines_removed: 0, old: null, new: { path: 'a' } };
    return this.#paging.page([file], asked);
  }

  private resolve(grower: Grower, name: string): string {
    const { repository } = grower;
    const head = this.quirks.commitsBy === 'hashes' ? undefined : repository.heads.get(name);
    return head ?? [...repository.commits.keys()].find((hash) => hash.startsWith(name)) ?? missing();
  }

  private listCommits({ grower, asked }: Call): unknown {
    const reach = (parameter: string) =>
      asked.query.getAll(parameter).flatMap((name) => [...grower.reach(this.resolve(grower, name))]);
    const excluded = new Set(reach('exclude'));
    const order = [...grower.repository.commits.keys()];
    const commits = [...new Set(reach('include'))]
      .filter((hash) => !excluded.has(hash))
      .sort((one, other) => order.indexOf(other) - order.indexOf(one))
      .flatMap((hash) => grower.repository.commits.get(hash) ?? []);
    if (this.quirks.commitOrder === 'by date') commits.sort((one, other) => other.at - one.at);
    return this.pageCommits(commits, { ...asked, most: this.quirks.mostCommits });
  }

  private getCommit(call: Call): unknown {
    const hash = this.resolve(call.grower, call.parts[0] ?? '');
    const commit = call.grower.repository.commits.get(hash);
    return commit === undefined ? missing() : this.reduced(call, this.present.commit(commit));
  }
}
