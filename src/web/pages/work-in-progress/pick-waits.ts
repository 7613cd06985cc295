import { workInProgressPhases } from '../../../domain/reviews/work-in-progress-phase';
import { toWaitGroup, waitGroups } from '../../../domain/reviews/wait-group';
import type { OpenWait } from '../../../reporting/reviews/open-waits';
import type { Whose } from './words';

export const listParts = [...workInProgressPhases, 'drafts', ...waitGroups] as const;
export type ListPart = (typeof listParts)[number];

/** Which rows the reader asked for. */
export interface ListChoice {
  readonly show: ListPart | null;
  readonly whose: Whose;
  /** As a table of all columns. */
  readonly isTable: boolean;
  /** From 1. */
  readonly page: number;
}

/** Whose they are: opened by the viewer or waiting for them, or waiting for their review. */
export function pickOwn(waits: readonly OpenWait[], whose: Whose, viewer: string | null): readonly OpenWait[] {
  if (whose === 'everybody') return waits;
  const waitsForViewer = ({ whom }: OpenWait) => whom?.some(({ uuid }) => uuid === viewer) === true;
  return whose === 'review'
    ? waits.filter((wait) => toWaitGroup(wait) === 'review' && waitsForViewer(wait))
    : waits.filter((wait) => wait.item.author?.uuid === viewer || waitsForViewer(wait));
}

/** The rows of one part: a phase, drafts, or those of one group that stand among the others. */
export function pickPart(waits: readonly OpenWait[], show: ListPart | null): readonly OpenWait[] {
  if (show === null) return waits;
  if (show === 'drafts') return waits.filter(({ item }) => item.draft);
  const group = waitGroups.find((one) => one === show);
  return group === undefined
    ? waits.filter(({ item }) => item.phase === show)
    : waits.filter((wait) => wait.aside === null && toWaitGroup(wait) === group);
}
