/** How far an open pull request is (docs/definitions.md, 6.4): of `approved`, `reviewed`, `open` the first true. */
export const workInProgressPhases = ['open', 'reviewed', 'approved'] as const;
export type WorkInProgressPhase = (typeof workInProgressPhases)[number];
