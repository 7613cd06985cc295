import type { Correction } from '../../domain/corrections/correction';
import { parseDeployed } from '../../domain/deployments/strategies/all-strategies';
import type { WorkspaceFacts } from '../facts/workspace-facts';
import { listRepositories, type WorkspaceViews } from '../../domain/views/saved-view';
import type { SystemDirectory } from './system-directory';
import type { WholeVersion, WorkspaceVersion } from './workspace-version';

/**
 * The version as far as its reader may see it. `visible`: uuids of repositories, `null`: all. What is left out is not
 * there: neither by its name, nor among what is listed, counted or looked up. The facts in columns, which are large, stay
 * whole, and every question to them carries the visible repositories in its filter.
 */
export function restrictVersion(version: WorkspaceVersion, visible: readonly string[] | null): WorkspaceVersion {
  if (visible === null) return version;
  const seen = new Set(visible);
  const systems = restrictSystems(version.systems, seen);
  const views = restrictViews(version.views, seen);
  return { ...version, systems, views, known: restrictFacts(version.known, seen), visible: seen };
}

export function restrictWholeVersion(version: WholeVersion, visible: readonly string[] | null): WholeVersion {
  if (visible === null) return version;
  const seen = new Set(visible);
  const open = version.open.filter(({ repositoryUuid }) => seen.has(repositoryUuid));
  return { ...restrictVersion(version, visible), open };
}

function restrictSystems(systems: SystemDirectory, seen: ReadonlySet<string>): SystemDirectory {
  return { ...systems, items: systems.items.filter(({ uuid }) => seen.has(uuid)) };
}

/** A view may say by its name alone what is in a repository: one that names an unseen one is not there. */
function restrictViews({ saved, usual }: WorkspaceViews, seen: ReadonlySet<string>): WorkspaceViews {
  return { usual, saved: saved.filter((view) => listRepositories(view).every((uuid) => seen.has(uuid))) };
}

function restrictFacts(known: WorkspaceFacts, seen: ReadonlySet<string>): WorkspaceFacts {
  const { exclusions } = known.settings;
  const repositories = exclusions.repositories.filter((uuid) => seen.has(uuid));
  return {
    ...known,
    settings: { ...known.settings, exclusions: { ...exclusions, repositories } },
    corrections: restrictCorrections(known.corrections, seen),
    undated: known.undated.filter(({ repositoryUuid }) => seen.has(repositoryUuid)),
    repositories: new Set([...known.repositories].filter((uuid) => seen.has(uuid))),
  };
}

function restrictCorrections(corrections: readonly Correction[], seen: ReadonlySet<string>): readonly Correction[] {
  return corrections
    .filter(({ subject }) => isOfSeen(subject, seen))
    .map((one) => (one.target === null || isOfSeen(one.target, seen) ? one : { ...one, target: null }));
}

/** Whether an id names something of a repository that is seen; text of another form does not. */
export function isOfSeen(id: string, seen: ReadonlySet<string> | null): boolean {
  return seen === null || seen.has(parseDeployed(id)?.repositoryUuid ?? '');
}
