import type { FailureEvent } from '../../../domain/incidents/group-failures';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import { storyWords } from './release-words';
import { mostListed, type ToldEvent } from './story-view';

interface Telling {
  readonly events: readonly FailureEvent[];
  /** Milliseconds of what the page is about: what is nearest to it is listed of a long event. */
  readonly around: number;
  readonly isRaw: boolean;
}

/** Reads the words of what is listed of some events, and of nothing else. */
export async function tellEvents(
  { systems, readReleases }: Pick<WholeSnapshot, 'systems' | 'readReleases'>,
  { events, around, isRaw }: Telling,
): Promise<readonly ToldEvent[]> {
  const listed = events.map((event) => pickNearest(event, around));
  const ids = listed.flat().flatMap(({ deployId, fixDeployId }) => [deployId ?? [], fixDeployId ?? []].flat());
  const releases = await readReleases(ids, { isRaw });
  const names = new Map(systems.map(({ uuid, name }) => [uuid, name]));
  return events.map((event, index) => ({
    event,
    listed: listed[index] ?? [],
    releases,
    repositoryName: names.get(event.repositoryUuid) ?? storyWords.otherRepository,
  }));
}

function pickNearest({ incidents }: FailureEvent, around: number): FailureEvent['incidents'] {
  if (incidents.length <= mostListed) return incidents;
  const toDistance = ({ createdAt, resolvedAt }: FailureEvent['incidents'][number]) =>
    Math.max(0, createdAt - around, around - (resolvedAt ?? Number.MAX_SAFE_INTEGER));
  const nearest = new Set(incidents.toSorted((a, b) => toDistance(a) - toDistance(b)).slice(0, mostListed));
  return incidents.filter((incident) => nearest.has(incident));
}
