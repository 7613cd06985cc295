/**
 * What the sources on Bitbucket leave open, each with the ways it may be. A workspace has its own, and they may be
 * changed at any time: nobody knows when Bitbucket does.
 */
export interface Habits {
  /** A draft is told by its flag beside the word OPEN, or by the word DRAFT. */
  drafts: 'flag' | 'word';
  /** A pull request in a merge queue is told by its flag beside the word OPEN, or by the word QUEUED. */
  queued: 'flag' | 'word';
  /** `state=OPEN` lists drafts and queued pull requests too, or just those that are neither. */
  openLists: 'all' | 'plain';
  /** `state=DRAFT` and `state=QUEUED` are refused, as the description of the query says, or taken. */
  wideStates: 'refused' | 'taken';
  /** A verdict that was taken back disappears from the activity, or stays there as it was. */
  withdrawnVerdicts: 'dropped' | 'kept';
  activityOrder: 'newest first' | 'oldest first';
  /** More than fifty entries of an activity a page are refused, as a list of pull requests does, or given. */
  largeActivityPages: 'refused' | 'given';
  /** Lists of a repository's commits: children before parents, or by their dates whatever the graph says. */
  commitOrder: 'topological' | 'by date';
  /** Of hashes inside pull requests. */
  hashLength: 12 | 39 | 40;
  /** A comment moves the `updated_on` of the repository as other changes of a pull request do, or not. */
  commentsMove: 'repository' | 'pull request alone';
  /** The rights of everybody, which only administrators may read, are shown to an app's token as well, or refused. */
  rightsForApps: 'shown' | 'refused';
  /** A token of a project or repository, which cannot have the scope for it, may read the workspace all the same. */
  workspaceForNarrowTokens: 'refused' | 'shown';
}

export const plainHabits: Readonly<Habits> = {
  drafts: 'flag',
  queued: 'flag',
  openLists: 'all',
  wideStates: 'refused',
  withdrawnVerdicts: 'dropped',
  activityOrder: 'newest first',
  largeActivityPages: 'refused',
  commitOrder: 'topological',
  hashLength: 12,
  commentsMove: 'repository',
  rightsForApps: 'shown',
  workspaceForNarrowTokens: 'refused',
};
