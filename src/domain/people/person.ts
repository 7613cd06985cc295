/** A Bitbucket account as it appears beside an activity. Deleted people keep their uuid. */
export interface Person {
  /** With braces. */
  readonly uuid: string;
  readonly displayName: string | null;
  readonly accountId: string | null;
  /** `user`, `team`, `app_user` …; anything but `user` is a bot. */
  readonly type: string;
}
