import type { GitCommit, GitPullRequest, GitRepository } from './git-world';
import { uuidOf } from './git-world';
import type { Quirks } from './quirks';

type Json = Record<string, unknown>;

/** Writes the facts of the world as Bitbucket might. */
export class Present {
  #written = 0;

  constructor(
    private readonly quirks: Quirks,
    private readonly url: () => string,
    private readonly workspaceSlug: () => string,
  ) {}

  /** Whole seconds only: one of the forms has no fraction. */
  time(at: number): string {
    const { timeForm } = this.quirks;
    this.#written += 1;
    const form = timeForm === 'all' ? this.#written % 6 : timeForm;
    const seconds = new Date(at).toISOString().slice(0, 19);
    const endings = ['+00:00', '.000999+00:00', '.000000Z', '.00099Z', '.000999999Z', '.000'];
    return `${seconds}${endings[form] ?? 'Z'}`;
  }

  uuid(uuid: string): string {
    return this.quirks.isUuidUpperCase ? uuid.toUpperCase() : uuid;
  }

  cut(hash: string): string {
    return hash.slice(0, this.quirks.hashLength);
  }

  person(name: string | null): Json | null {
    if (name === null) return null;
    return { type: 'user', uuid: this.uuid(uuidOf(name)), display_name: name, account_id: null, nickname: name };
  }

  repository({ uuid, slug, name, main }: GitRepository): Json {
    return {
      type: 'repository',
      ...{ uuid: this.uuid(uuid), full_name: `${this.workspaceSlug()}/${slug}`, slug, name },
      mainbranch: main === null ? null : { type: 'branch', name: main },
    };
  }

  commit({ hash, at, parents }: GitCommit): Json {
    const raw = 'Somebody';
    return {
      type: 'commit',
      hash,
      date: this.time(at),
      author: { raw },
      parents: parents.map((one) => ({ hash: one })),
    };
  }

  pullRequest(repository: GitRepository, one: GitPullRequest): Json {
    const whole = this.repository(repository);
    const home = { uuid: whole['uuid'], full_name: whole['full_name'], name: repository.name };
    const sources = {
      none: { repository: home, commit: { hash: this.cut(one.head) } },
      there: {
        repository: { ...home, uuid: uuidOf('fork'), full_name: 'x/fork' },
        commit: { hash: this.cut(one.head) },
      },
      gone: { repository: null, commit: null },
    };
    const { quirks } = this;
    const address = `${this.url()}/2.0/repositories/${this.workspaceSlug()}/${repository.slug}`;
    const link = `${address}/diffstat/${this.workspaceSlug()}/${repository.slug}:${one.id}..x?from_pullrequest_id=${one.id}`;
    return {
      ...{ type: 'pullrequest', id: one.id, title: one.title, state: one.state, description: 'text\r\n\u200c' },
      author: this.person(one.author),
      source: { ...sources[one.fork], branch: { name: one.branch } },
      destination: { repository: home, commit: { hash: this.cut(one.destinationHead) }, branch: { name: one.into } },
      merge_commit: one.mergeHash === null ? null : { hash: this.cut(one.mergeHash) },
      ...{ created_on: this.time(one.createdAt), updated_on: this.time(one.updatedAt) },
      ...(quirks.hasClosedOn ? { closed_on: one.mergedAt === null ? null : this.time(one.mergedAt + 5000) } : {}),
      links: quirks.diffstat === 'linked' ? { diffstat: { href: link } } : {},
    };
  }

  /** What happened to one pull request, oldest first, each with its moment. */
  activity(one: GitPullRequest): { at: number; entry: Json }[] {
    if (one.told === 'nothing') return [];
    const minute = 60_000;
    const update = (at: number, state: string, extra: Json = {}) => {
      const source = {
        branch: { name: one.branch },
        commit: one.merging === 'squash' ? null : { hash: this.cut(one.head) },
      };
      return { at, entry: { update: { state, date: this.time(at), author: this.person('bob'), source, ...extra } } };
    };
    const verdict = (at: number, member: string) => ({
      at,
      entry: { [member]: { date: this.time(at), user: this.person('bob'), pullrequest: { id: one.id } } },
    });
    const comment = { id: one.id, created_on: this.time(one.createdAt + minute), user: this.person('cyd') };
    const merge =
      one.mergedAt === null || one.told === 'no merge'
        ? []
        : [update(one.mergedAt, 'MERGED'), update(one.mergedAt + 3 * minute, 'MERGED', { title: 'edited' })];
    const all = [
      update(one.createdAt, 'OPEN'),
      update(one.createdAt, 'OPEN'),
      { at: one.createdAt + minute, entry: { comment } },
      verdict(one.createdAt + 2 * minute, this.quirks.changesMember),
      verdict(one.createdAt + 3 * minute, 'approval'),
      ...merge,
    ];
    const named = { type: 'pullrequest', id: one.id, title: one.title };
    return all.map(({ at, entry }) => ({ at, entry: { pull_request: named, ...entry } }));
  }
}
