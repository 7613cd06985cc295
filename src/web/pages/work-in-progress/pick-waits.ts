import { workInProgressPhases } from '../../../domain/reviews/work-in-progress-phase';
import type { WaitsFor } from '../../../domain/reviews/find-wait';
import type { OpenWait } from '../../../reporting/reviews/open-waits';
import type { WaitGroup, Whose } from './words';

export const waitGroups = ['review', 'merge', 'author'] as const satisfies readonly WaitGroup[];
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

const groupOf: Readonly<Record<WaitsFor, WaitGroup>> = {
  first_review: 'review',
  review: 'review',
  changes: 'author',
  answer: 'author',
  ready: 'author',
  merge: 'merge',
  queue: 'merge',
};

export function toGroup({ waitsFor }: Pick<OpenWait, 'waitsFor'>): WaitGroup {
  return groupOf[waitsFor];
}

/** Whose they are: opened by the viewer or waiting for them, or waiting for their review. */
export function pickOwn(waits: readonly OpenWait[], whose: Whose, viewer: string | null): readonly OpenWait[] {
  if (whose === 'everybody') return waits;
  const waitsForViewer = ({ whom }: OpenWait) => whom?.some(({ uuid }) => uuid === viewer) === true;
  return whose === 'review'
    ? waits.filter((wait) => toGroup(wait) === 'review' && waitsForViewer(wait))
    : waits.filter((wait) => wait.item.author?.uuid === viewer || waitsForViewer(wait));
}

/** The rows of one part: a phase, drafts, or those of one group that stand among the others. */
export function pickPart(waits: readonly OpenWait[], show: ListPart | null): readonly OpenWait[] {
  if (show === null) return waits;
  if (show === 'drafts') return waits.filter(({ item }) => item.draft);
  const group = waitGroups.find((one) => one === show);
  return group === undefined
    ? waits.filter(({ item }) => item.phase === show)
    : waits.filter((wait) => wait.aside === null && toGroup(wait) === group);
}
