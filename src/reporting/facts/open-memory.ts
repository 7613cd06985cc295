import type { OpenPullRequest } from '../../domain/pull-requests/pull-request-life';
import type { PullRequestStore } from '../../store/pull-requests/pull-request-store';
import type { Workspace } from '../../store/workspaces/workspace-store';

interface Kept {
  readonly key: string;
  readonly open: Promise<readonly OpenPullRequest[]>;
}

/** Work in progress is looked at by few workspaces at a time; those asked for longest ago are forgotten first. */
const mostWorkspaces = 50;

/** The open pull requests of a workspace with their acts, read when asked for and kept until its next version. */
export class OpenMemory {
  readonly #store: Pick<PullRequestStore, 'readOpen'>;
  /** Asked for longest ago first. */
  readonly #kept = new Map<string, Kept>();

  constructor(store: Pick<PullRequestStore, 'readOpen'>) {
    this.#store = store;
  }

  /** However many ask at once, those of a version are read once. */
  async load(workspace: Workspace): Promise<readonly OpenPullRequest[]> {
    const key = `${workspace.connectedAt}/${workspace.version}`;
    const known = this.#kept.get(workspace.uuid);
    const kept = known?.key === key ? known : { key, open: this.#store.readOpen(workspace.uuid) };
    this.#kept.delete(workspace.uuid);
    this.#kept.set(workspace.uuid, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostWorkspaces && oldest !== undefined) this.#kept.delete(oldest);
    try {
      return await kept.open;
    } catch (error) {
      if (this.#kept.get(workspace.uuid) === kept) this.#kept.delete(workspace.uuid);
      throw error;
    }
  }
}
