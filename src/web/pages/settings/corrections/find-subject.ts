import { formatDeployId, parseDeployId } from '../../../../domain/deployments/deploy-id';
import type { SystemItem } from '../../../../reporting/answers/choices';
import { formatShown } from '../../../presentation/forms/field-view';

/** A repository as an administrator may name it; `url` is its page at Bitbucket. */
export type NamedSystem = Pick<SystemItem, 'uuid' | 'slug' | 'name' | 'url'>;

export interface FoundPullRequest {
  readonly repositoryUuid: string;
  readonly number: number;
  /** Of what its merge deployed; the id of the incident as well. */
  readonly deployId: string;
}

const numberForm = '([1-9]\\d{0,8})';
const shortForm = new RegExp(`^(.+?)\\s*#\\s*${numberForm}$`, 'u');
const pathForm = new RegExp(`^/pull-requests/${numberForm}(?:[/?#].*)?$`, 'u');

/**
 * The pull request that a text means: "Checkout #12" by name or slug, its address at Bitbucket, or its `deploy_id`.
 * Names are compared without regard to case. Whether the repository has that pull request is not asked here.
 */
export function findSubject(
  text: string,
  systems: readonly NamedSystem[],
): FoundPullRequest | { readonly problem: string } {
  const wanted = text.trim();
  return findById(wanted, systems) ?? findByAddress(wanted, systems) ?? findByName(wanted, systems);
}

function buildFound({ uuid }: NamedSystem, number: string | number): FoundPullRequest {
  const parts = { repositoryUuid: uuid, number: Number(number) };
  return { ...parts, deployId: formatDeployId(parts) };
}

function findById(text: string, systems: readonly NamedSystem[]): ReturnType<typeof findSubject> | null {
  const parts = parseDeployId(text.toLowerCase());
  const uuid = /^\{?([0-9a-f-]{36})\}?$/u.exec(parts?.repositoryUuid ?? '')?.[1];
  if (parts === null || uuid === undefined || parts.number < 1) {
    return null;
  }
  const system = systems.find((candidate) => candidate.uuid === `{${uuid}}`);
  return system === undefined
    ? { problem: 'This workspace has no repository of that id.' }
    : buildFound(system, parts.number);
}

function findByAddress(text: string, systems: readonly NamedSystem[]): ReturnType<typeof findSubject> | null {
  if (!/^https?:\/\//iu.test(text)) {
    return null;
  }
  for (const system of systems) {
    const isOf = text.toLowerCase().startsWith(`${system.url.toLowerCase()}/`);
    const number = isOf ? pathForm.exec(text.slice(system.url.length))?.[1] : undefined;
    if (number !== undefined) {
      return buildFound(system, number);
    }
  }
  return { problem: 'This is no address of a pull request of this workspace.' };
}

function findByName(text: string, systems: readonly NamedSystem[]): ReturnType<typeof findSubject> {
  const [, name = '', number = ''] = shortForm.exec(text) ?? [];
  if (number === '') {
    return { problem: 'Name a pull request: "Repository #12", its address at Bitbucket, or its deploy_id.' };
  }
  const system = findCalled(name, systems);
  return 'problem' in system ? system : buildFound(system, number);
}

/** A slug is never that of two repositories; a name can be. */
function findCalled(name: string, systems: readonly NamedSystem[]): NamedSystem | { readonly problem: string } {
  const isCalled = (value: string) => value.toLowerCase() === name.toLowerCase();
  const bySlug = systems.find((system) => isCalled(system.slug));
  const [first, second] = systems.filter((system) => isCalled(system.name));
  if (bySlug === undefined && second !== undefined) {
    return { problem: `Several repositories are called "${formatShown(name)}": name it by the slug in its address.` };
  }
  return bySlug ?? first ?? { problem: `There is no repository "${formatShown(name)}" in this workspace.` };
}
