import { findRepository } from '../rest/call';
import { findRight } from '../world/rights';
import type { Account, Repository, RepositoryRight, Workspace } from '../world/model';
import type { ControlRoom } from './control-room';

/** A person by uuid, nickname or name, in a workspace by slug or uuid (default: the first). */
export interface OfPerson {
  readonly workspace?: string;
  readonly person: string;
}

export interface OfRepository extends OfPerson {
  readonly repository: string;
}

interface Found {
  readonly workspace: Workspace;
  readonly account: Account;
}

/** Who may do what. Without a word about a person, every member may read every repository. No notice tells of it. */
export class AccessControls {
  constructor(private readonly room: ControlRoom) {}

  /** Gives a person these rights and no others: repository (slug or uuid) → right. */
  setRights(of: OfPerson & { readonly rights: Readonly<Record<string, RepositoryRight>> }): void {
    const { workspace, account } = this.#find(of);
    const rights = Object.entries(of.rights).map(([name, right]): [string, RepositoryRight] => [
      toRepository(workspace, name).uuid,
      right,
    ]);
    workspace.access.rights.set(account.uuid, new Map(rights));
  }

  /** Gives a person a right in one repository, on top of what they have. Default: to read. */
  grant(of: OfRepository & { readonly right?: RepositoryRight }): void {
    const { workspace, account } = this.#find(of);
    rightsOf(workspace, account).set(toRepository(workspace, of.repository).uuid, of.right ?? 'read');
  }

  /** Takes a repository from a person, who keeps all others. */
  revoke(of: OfRepository): void {
    const { workspace, account } = this.#find(of);
    rightsOf(workspace, account).delete(toRepository(workspace, of.repository).uuid);
  }

  /** Takes a person out of the workspace; the history goes on to know them. */
  removeMember(of: OfPerson): void {
    const { workspace, account } = this.#find(of);
    workspace.access.outsiderUuids.add(account.uuid);
  }

  /** Lets a person in, also one whom the workspace never knew. */
  addMember(of: { readonly workspace?: string; readonly account: Account }): void {
    const workspace = this.room.findWorkspace(of.workspace);
    workspace.people.set(of.account.uuid, of.account);
    workspace.access.outsiderUuids.delete(of.account.uuid);
  }

  /** Makes a person an administrator of the workspace, who may do everything. */
  makeOwner(of: OfPerson): void {
    const { workspace, account } = this.#find(of);
    const others = workspace.administratorUuids.filter((uuid) => uuid !== account.uuid);
    workspace.administratorUuids = [...others, account.uuid];
  }

  /** Makes an administrator an ordinary member again. */
  makeMember(of: OfPerson): void {
    const { workspace, account } = this.#find(of);
    workspace.administratorUuids = workspace.administratorUuids.filter((uuid) => uuid !== account.uuid);
  }

  /** Makes a repository public or private; without one, the workspace. */
  setPrivacy(of: { readonly workspace?: string; readonly repository?: string; readonly isPrivate: boolean }): void {
    const workspace = this.room.findWorkspace(of.workspace);
    const changed = of.repository === undefined ? workspace : toRepository(workspace, of.repository);
    changed.isPrivate = of.isPrivate;
  }

  #find({ workspace: name, person }: OfPerson): Found {
    const workspace = this.room.findWorkspace(name);
    return { workspace, account: this.room.findPerson(workspace, person) };
  }
}

function toRepository(workspace: Workspace, name: string): Repository {
  const found = findRepository(workspace, name);
  if (found === null) throw new Error(`No repository ${name} in ${workspace.slug}.`);
  return found;
}

/** The rights that are written down for a person: at first those that everybody has. */
function rightsOf(workspace: Workspace, { uuid }: Account): Map<string, RepositoryRight> {
  const known = workspace.access.rights.get(uuid);
  if (known !== undefined) return known;
  const rights = [...workspace.repositories.values()].flatMap((repository): [string, RepositoryRight][] => {
    const right = findRight({ ...workspace, administratorUuids: [] }, uuid, repository);
    return right === null ? [] : [[repository.uuid, right]];
  });
  const made = new Map(rights);
  workspace.access.rights.set(uuid, made);
  return made;
}
