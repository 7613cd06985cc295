import type { Incident } from '../../../domain/incidents/incident';
import type { ReleaseItem } from '../../../reporting/delivery/release-items';
import type { MarkView } from '../rows/row-cell';
import { releaseWords } from './release-words';

/** What became of a deployment, and what it ended. */
export interface Outcome {
  /** Incidents that are blamed on it, in the order of their beginnings. */
  readonly failures: readonly Incident[];
  /** Incidents that it ended. */
  readonly ended: readonly Incident[];
}

export type FindOutcome = (deployId: string) => Outcome;

const nothing: Outcome = { failures: [], ended: [] };

/** @param incidents of all time: what failed on a day may be mended on another. */
export function createFindOutcome(incidents: readonly Incident[]): FindOutcome {
  const [blamed, fixes] = [new Map<string, Incident[]>(), new Map<string, Incident[]>()];
  for (const incident of incidents) {
    addTo(blamed, incident.deployId, incident);
    addTo(fixes, incident.fixDeployId, incident);
  }
  return (id) =>
    blamed.has(id) || fixes.has(id) ? { failures: blamed.get(id) ?? [], ended: fixes.get(id) ?? [] } : nothing;
}

function addTo(map: Map<string, Incident[]>, id: string | null, incident: Incident): void {
  if (id === null) return;
  const known = map.get(id);
  if (known === undefined) map.set(id, [incident]);
  else known.push(incident);
}

/** Normal outcomes have no lozenge. */
export function buildOutcomeMarks({ failures, ended }: Outcome): MarkView[] {
  const fix = ended.some(({ source }) => source === 'revert') ? releaseWords.revert : releaseWords.fix;
  return [
    ...(failures.length > 0 ? [{ word: releaseWords.failed, tone: 'danger' } as const] : []),
    ...(ended.length > 0 ? [{ word: fix, tone: 'information' } as const] : []),
  ];
}

/** In a few words beside the marks; `null`: there is nothing to add. */
export function formatOutcomeNote({ failures, ended }: Outcome): string | null {
  if (failures.length > 1) return releaseWords.severalFailures(failures.length);
  const [failure] = failures;
  if (failure !== undefined) return formatRecovery(failure);
  const [mended] = ended;
  return mended === undefined || ended.length > 1 ? null : releaseWords.recovered(findLength(mended));
}

/** "Reverted after 4 h 26 min". */
export function formatRecovery(incident: Incident): string {
  if (incident.resolvedAt === null) return releaseWords.notEnded;
  return incident.source === 'revert'
    ? releaseWords.reverted(findLength(incident))
    : releaseWords.fixed(findLength(incident));
}

/** Seconds; `null`: it goes on, or its dates contradict each other. */
export function findLength({ createdAt, resolvedAt }: Pick<Incident, 'createdAt' | 'resolvedAt'>): number | null {
  return resolvedAt === null || resolvedAt < createdAt ? null : (resolvedAt - createdAt) / 1000;
}

export function formatPerson(person: Pick<NonNullable<ReleaseItem['author']>, 'displayName'> | null): string {
  return person === null ? releaseWords.unknownAuthor : (person.displayName ?? releaseWords.deletedAccount);
}

/** "#12", which leads to Bitbucket. */
export function buildNumberLink({ url, number }: Pick<ReleaseItem, 'url' | 'number'>) {
  return { href: url, text: `#${number}`, place: releaseWords.inBitbucket };
}

export type NumberLink = ReturnType<typeof buildNumberLink>;
