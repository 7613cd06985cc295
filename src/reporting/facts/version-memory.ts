import type { Workspace } from '../../store/workspaces/workspace-store';

interface Kept<T> {
  readonly key: string;
  readonly read: Promise<T>;
  isRead: boolean;
}

/** Few workspaces are looked at at a time; those asked for longest ago are forgotten first. */
const mostWorkspaces = 50;

/** Something of a workspace, read when asked for and kept until its next version. */
export class VersionMemory<T> {
  readonly #read: (workspace: string) => Promise<T>;
  /** Asked for longest ago first. */
  readonly #kept = new Map<string, Kept<T>>();

  constructor(read: (workspace: string) => Promise<T>) {
    this.#read = read;
  }

  /** Whether it has been read of this version, so that loading it reads nothing. */
  holds({ uuid, connectedAt, version }: Workspace): boolean {
    const kept = this.#kept.get(uuid);
    return kept?.isRead === true && kept.key === `${connectedAt}/${version}`;
  }

  /** However many ask at once, a version is read once. */
  async load(workspace: Workspace): Promise<T> {
    const key = `${workspace.connectedAt}/${workspace.version}`;
    const known = this.#kept.get(workspace.uuid);
    const kept = known?.key === key ? known : { key, read: this.#read(workspace.uuid), isRead: false };
    this.#kept.delete(workspace.uuid);
    this.#kept.set(workspace.uuid, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostWorkspaces && oldest !== undefined) this.#kept.delete(oldest);
    try {
      const found = await kept.read;
      kept.isRead = true;
      return found;
    } catch (error) {
      if (this.#kept.get(workspace.uuid) === kept) this.#kept.delete(workspace.uuid);
      throw error;
    }
  }
}
