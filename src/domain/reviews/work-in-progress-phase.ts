/** How far an open pull request is (definitions, section 6): the first of `approved`, `reviewed`, `open` that is so. */
export const workInProgressPhases = ['open', 'reviewed', 'approved'] as const;
export type WorkInProgressPhase = (typeof workInProgressPhases)[number];
