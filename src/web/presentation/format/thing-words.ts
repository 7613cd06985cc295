/** How the things that a page is about are called where there are none. */
export interface ThingWords {
  readonly one: string;
  readonly many: string;
  /** `null`: the page is about what is so whatever the range. */
  readonly range: RangeWords | null;
  /** Where the page is about what is so whatever the range. */
  readonly present?: PresentWords;
  /** Goes on with "since the history begins on 22 Nov 2025." */
  readonly noneKnown: string;
}

/** There is none, which is as it should be. */
interface PresentWords {
  readonly title: string;
  /** Where there are merges at all. */
  readonly text: string;
}

interface RangeWords {
  /** What has a date: "The latest merge was on 3 Nov 2026." */
  readonly event: string;
  readonly dated: 'was' | 'began';
  /** Goes on with "on 2 Mar 2026." or "in 2 Mar – 8 Mar 2026." */
  readonly none: string;
}

export const deploymentWords: ThingWords = {
  one: 'deployment',
  many: 'deployments',
  range: { event: 'deployment', dated: 'was', none: 'Nothing was merged into a default branch' },
  noneKnown:
    'A deployment is a pull request merged into the default branch of a repository. None that counts has been merged',
};

export const failedWords: ThingWords = {
  one: 'failed deployment',
  many: 'failed deployments',
  range: { event: 'failed deployment', dated: 'was', none: 'No incident is blamed on a deployment' },
  noneKnown: 'No incident is blamed on a deployment made',
};

export const fixWords: ThingWords = {
  one: 'fix',
  many: 'fixes',
  range: { event: 'fix', dated: 'was', none: 'No deployment fixed an incident' },
  noneKnown: 'No deployment has fixed an incident',
};

export const incidentWords: ThingWords = {
  one: 'incident',
  many: 'incidents',
  range: { event: 'incident', dated: 'began', none: 'No incident began' },
  noneKnown:
    'An incident is a merged revert, or a merged pull request whose branch or title starts with a prefix from the settings. None has been found',
};

export const mergedWords: ThingWords = {
  one: 'merged pull request',
  many: 'merged pull requests',
  range: { event: 'merge', dated: 'was', none: 'No pull request was merged' },
  noneKnown: 'The numbers of this page are those of merged pull requests. None that counts has been merged',
};

export const openWords: ThingWords = {
  one: 'open pull request',
  many: 'open pull requests',
  range: null,
  present: {
    title: 'No open pull requests',
    text: 'Every pull request is merged or declined.',
  },
  noneKnown: 'No pull request is open now, and none that counts has been merged',
};

export const undatedWords: ThingWords = {
  one: 'merged pull request without a date',
  many: 'merged pull requests without a date',
  range: null,
  present: {
    title: 'Every merge has a date',
    text: 'Bitbucket tells when each pull request was merged.',
  },
  noneKnown: 'No pull request has been merged',
};
