import { chmodSync, closeSync, fchmodSync, openSync, statSync } from 'node:fs';
import type { Log } from './log';
import { describeSystemError } from './system-error';

/** What holds secrets or people's data is for the user of this process alone, whatever its umask says. */
export const ownerOnly = { file: 0o600, folder: 0o700 } as const;
const ofOthers = 0o077;

/** Makes an empty file where there is none; where none can be made, whoever opens it will say so. */
export function makeOwnersFile(file: string): void {
  try {
    const handle = openSync(file, 'wx', ownerOnly.file);
    // The umask may have taken away what the owner needs.
    fchmodSync(handle, ownerOnly.file);
    closeSync(handle);
  } catch {
    // There already, or not to be made.
  }
}

/** Takes from others what they may do with a file of ours, and says so; a file that is not there is none of theirs. */
export function keepToOwner(file: string, log: Log | undefined): void {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & ofOthers) === 0) return;
  try {
    chmodSync(file, mode & ownerOnly.folder);
    log?.info(`Other users of this machine could get at ${file}: from now on its owner alone can.`);
  } catch (error) {
    log?.warn(
      `Other users of this machine can get at ${file}, and that cannot be changed (${describeSystemError(error)}): ` +
        'chmod 600, by the user it belongs to, keeps it to its owner.',
    );
  }
}
