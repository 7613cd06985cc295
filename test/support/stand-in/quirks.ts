/** What the documents on Bitbucket leave open, each with the ways it may be. */
export interface Quirks {
  /** `fields=`: all is sent whatever is asked, or just what is asked. */
  readonly fields: 'ignored' | 'honoured';
  /** What a link to the next page looks like. The last two hold all they need: nothing of the query is repeated. */
  readonly next: 'number' | 'opaque' | 'ctx';
  /** The last page has an empty `next` instead of none. */
  readonly hasEmptyNext: boolean;
  /** `size`, `page` and `pagelen` are left out. */
  readonly isBare: boolean;
  /** Largest `pagelen` of activity, of a repository's commits and of everything else below `pullrequests`. */
  readonly mostActivity: number;
  readonly mostCommits: number;
  readonly mostOfPullRequest: number;
  readonly activity: 'newest first' | 'oldest first' | 'of single pull requests only' | 'no number';
  readonly changesMember: 'changes_requested' | 'changes_request';
  /** Lists of pull requests come by number, whatever `sort` says. */
  readonly isSortIgnored: boolean;
  readonly commitOrder: 'topological' | 'by date';
  /** What `/commits` may be asked by; `hashes`: names of branches are not found. */
  readonly commitsBy: 'anything' | 'hashes';
  /** The list of a merged pull request's commits holds the merge commit too. */
  readonly isMergeListed: boolean;
  /** Of hashes inside pull requests. */
  readonly hashLength: 12 | 39 | 40;
  /** One of the six forms of a time, or all in turn. */
  readonly timeForm: 0 | 1 | 2 | 3 | 4 | 5 | 'all';
  readonly hasClosedOn: boolean;
  /** Whose the access token is, as `/2.0/user` and `/2.0/user/workspaces` tell it. */
  readonly identity: 'user' | 'only workspace' | 'unnamed user';
  /** `installed` is answered before its secret may be used. */
  readonly isSecretLate: boolean;
  /** Seconds; `null`: not told. */
  readonly expiresIn: number | null;
  /** Requests to the API that are answered 401 although the token is good. */
  readonly unauthorised: readonly number[];
  /** Requests to the API that are answered 429, and how `Retry-After` says when to come again. */
  readonly refused: readonly number[];
  readonly retryAfter: 'date' | 'seconds';
  readonly groups: 'with slash' | 'without slash' | 'redirected' | 'forbidden' | 'odd' | 'nonsense';
  /** Who owns the workspace is told; or told with everybody else; or not; or nobody understands how. */
  readonly owners: 'told' | 'among all' | 'forbidden' | 'nonsense';
  readonly isUuidUpperCase: boolean;
  /** Members of the body of `installed` that differ from the captured ones. */
  readonly installBody: Readonly<Record<string, unknown>>;
  readonly diffstat: 'linked' | 'by number';
}

export const plainQuirks: Quirks = {
  fields: 'honoured',
  next: 'number',
  hasEmptyNext: false,
  isBare: false,
  mostActivity: 100,
  mostCommits: 100,
  mostOfPullRequest: 100,
  activity: 'newest first',
  changesMember: 'changes_requested',
  isSortIgnored: false,
  commitOrder: 'topological',
  commitsBy: 'anything',
  isMergeListed: false,
  hashLength: 12,
  timeForm: 1,
  hasClosedOn: false,
  identity: 'user',
  isSecretLate: false,
  expiresIn: 7200,
  unauthorised: [],
  refused: [],
  retryAfter: 'date',
  groups: 'with slash',
  owners: 'told',
  isUuidUpperCase: false,
  installBody: {},
  diffstat: 'linked',
};
