/** How far the import of a workspace is, as pages and reports say it. Who carries the facts in tells it. */
export interface ImportProgress {
  readonly isImporting: boolean;
  /** Bitbucket can be asked. */
  readonly isConnected: boolean;
  /** Of pull requests, while they are being imported; `total` is 0 while nobody knows how many there are. */
  readonly importing: {
    readonly done: number;
    readonly total: number;
    /** `null`: not known. */
    readonly etaSeconds: number | null;
  } | null;
  /** Nobody calls: Bitbucket is asked what moved. `null`: it calls. `lookedAt`: milliseconds, `null`: not yet. */
  readonly polling: { readonly everyMinutes: number; readonly lookedAt: number | null } | null;
  /** When the newest notice that was worked off came, in milliseconds; `null`: none yet. */
  readonly lastNoticeAt: number | null;
  /** A notice of Bitbucket's has come since the workspace was connected, and was understood. */
  readonly hasLiveNotice: boolean;
  /** The settings were looked through and saved. */
  readonly hasSavedSettings: boolean;
}
