import { toBody, toHooksPath, type HookPlace, type WantedHook } from './bitbucket-hooks';

/** What somebody needs who makes a hook by hand. */
export interface PrintedHook extends WantedHook {
  /** A line for each place, for the shell of an owner of the workspace. */
  readonly curl: string;
}

/**
 * The way by hand. The owner's token is asked for by curl itself, on the terminal, and the body with the secret comes from
 * a here-document: neither is ever an argument, which everybody on the machine could read in the list of processes.
 */
export function printHook(hook: WantedHook, places: readonly HookPlace[], bitbucketApiUrl: string): PrintedHook {
  const body = JSON.stringify(toBody(hook), null, 2);
  const lines = places.map((place) =>
    [
      `curl --fail-with-body --user 'YOUR-EMAIL' --header 'Content-Type: application/json' --data @- \\`,
      `  '${bitbucketApiUrl}${toHooksPath(place)}' <<'END'`,
      body,
      'END',
    ].join('\n'),
  );
  return { ...hook, curl: lines.join('\n') };
}
