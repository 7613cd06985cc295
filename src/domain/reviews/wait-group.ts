import type { WaitsFor } from './find-wait';

/** Whose turn it is: reviewers', whoever may merge, or the author's. */
export const waitGroups = ['review', 'merge', 'author'] as const;
export type WaitGroup = (typeof waitGroups)[number];

const groupOf: Readonly<Record<WaitsFor, WaitGroup>> = {
  first_review: 'review',
  review: 'review',
  changes: 'author',
  answer: 'author',
  ready: 'author',
  merge: 'merge',
  queue: 'merge',
};

export function toWaitGroup({ waitsFor }: { readonly waitsFor: WaitsFor }): WaitGroup {
  return groupOf[waitsFor];
}
