import type { Phase } from '../../../domain/reviews/phase';
import type { Pattern, SeriesColour } from './chart-drawing';

/** The phases as people read them. */
export const phaseNames: Readonly<Record<Phase, string>> = {
  coding: 'Coding',
  draft: 'Draft',
  waiting_for_first_review: 'Waiting for the first review',
  in_review: 'In review',
  waiting_for_author: 'Waiting for the author',
  approved: 'Approved, waiting for the merge',
  in_merge_queue: 'In merge queue',
  waiting_for_deployment: 'Merged, waiting for the deployment',
};

/** Phases that are drawn together: a chart has room for four colours that everybody tells apart. */
export interface PhaseGroup {
  readonly name: string;
  readonly phases: readonly Phase[];
  readonly colour: SeriesColour;
  readonly pattern: Pattern;
}

/** Blue is waiting, grey is work: the longest blue is where to look. */
export const phaseGroups: readonly PhaseGroup[] = [
  { name: 'Coding and draft', phases: ['coding', 'draft'], colour: 2, pattern: 'plain' },
  { name: 'Waiting for the first review', phases: ['waiting_for_first_review'], colour: 1, pattern: 'plain' },
  {
    name: 'In review, author’s turn included',
    phases: ['in_review', 'waiting_for_author'],
    colour: 2,
    pattern: 'dots',
  },
  {
    name: 'Waiting for merge and deployment',
    phases: ['approved', 'in_merge_queue', 'waiting_for_deployment'],
    colour: 3,
    pattern: 'plain',
  },
];

export function findPhaseGroup(phase: Phase): PhaseGroup {
  const found = phaseGroups.find((group) => group.phases.includes(phase));
  if (found === undefined) {
    throw new Error(`No group has the phase ${phase}.`);
  }
  return found;
}
