import type { Place } from '../present/commit';
import type { Addresses } from '../present/links';
import type { Repository, Workspace, World } from '../world/model';
import type { CursorPages } from './cursor-pages';
import { Refusal } from './refusal';

/** One authorised request to the API, taken apart. */
export interface Call {
  readonly world: World;
  readonly addresses: Addresses;
  /** The workspace whose access token came along. */
  readonly workspace: Workspace;
  /** Decoded parts of the path that a route's template names. */
  readonly params: Readonly<Record<string, string>>;
  /** The path as it was asked, for `next` links. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly cursors: CursorPages;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Members that only show when `fields` asks for them. */
  readonly hidden?: readonly string[];
}

export interface Route {
  /** `repositories/:workspace/:repository/commits/*`; a star takes the rest, slashes included. */
  readonly template: string;
  readonly answer: (call: Call) => Reply;
}

export function ok(body: unknown, hidden?: readonly string[]): Reply {
  return hidden === undefined ? { status: 200, body } : { status: 200, body, hidden };
}

function isNamed(thing: { readonly uuid: string; readonly slug: string }, name: string): boolean {
  return thing.uuid.toLowerCase() === name.toLowerCase() || thing.slug === name;
}

/** The workspace of the path, which must be that of the token. */
export function findWorkspace(call: Call): Workspace {
  const name = call.params['workspace'] ?? '';
  if (!isNamed(call.workspace, name)) {
    throw new Refusal(404, `No workspace with identifier '${name}'.`);
  }
  return call.workspace;
}

/** The repository of the path; what is another workspace's is not there. */
export function findPlace(call: Call): Place {
  const name = call.params['repository'] ?? '';
  const isOwn = isNamed(call.workspace, call.params['workspace'] ?? '');
  const repository = isOwn ? findRepository(call.workspace, name) : null;
  if (repository === null) {
    throw new Refusal(404, `Repository ${call.params['workspace'] ?? ''}/${name} not found`);
  }
  return { addresses: call.addresses, workspace: call.workspace, repository };
}

export function findRepository(workspace: Workspace, name: string): Repository | null {
  return [...workspace.repositories.values()].find((repository) => isNamed(repository, name)) ?? null;
}
