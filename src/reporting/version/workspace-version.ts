import type { Note } from '../../domain/corrections/note';
import type { Instant } from '../../domain/instant';
import type { OpenPullRequest } from '../../domain/pull-requests/pull-request-history';
import type { Workspace } from '../../store/workspaces/workspace-store';
import type { DeliveryFacts } from '../facts/delivery-facts';
import type { WorkspaceFacts } from '../facts/fact-memory';
import type { ImportProgress } from './import-progress';
import type { SystemDirectory } from './system-directory';

/** One version of a workspace: everything that the answers to one request are worked out from. */
export interface WorkspaceVersion {
  readonly workspace: Workspace;
  readonly known: WorkspaceFacts;
  /** Newest day first. */
  readonly notes: readonly Note[];
  readonly systems: SystemDirectory;
  readonly progress: ImportProgress;
  /** When it was read: the present of all its answers. */
  readonly now: Instant;
  /** Uuids of the repositories that its reader may see; `null`: all. */
  readonly visible: ReadonlySet<string> | null;
}

/** With every open pull request, those that a rule leaves out too, oldest first. */
export interface WholeVersion extends WorkspaceVersion {
  readonly open: readonly OpenPullRequest[];
}

/** The facts that a filter asks for. */
export function pickFacts(
  { known }: Pick<WorkspaceVersion, 'known'>,
  { isRaw }: { readonly isRaw: boolean },
): DeliveryFacts {
  return isRaw ? known.getRaw() : known.corrected;
}

/** Whether a filter of systems lets one pass. `null`: all; an empty list: none. */
export function toChoice(chosen: readonly string[] | null): (uuid: string) => boolean {
  const wanted = new Set(chosen);
  return (uuid) => chosen === null || wanted.has(uuid);
}
