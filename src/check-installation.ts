import { existsSync } from 'node:fs';
import path from 'node:path';
import { CannotStart } from './machine/cannot-start';
import type { Log } from './machine/log';

/** The project's own folder, above `src` and `dist` alike. */
const ownFolder = path.resolve(__dirname, '..');
const needed = ['atlassian-connect.json', 'config.json', 'views'];
const built = path.join('public', 'built');

/**
 * Looks for what lies beside the code and is forgotten when only a part of the project is copied.
 * @throws {CannotStart} naming what is missing.
 */
export function checkInstallation(log: Log, folder = ownFolder): void {
  const isMissing = (name: string): boolean => !existsSync(path.join(folder, name));
  const missing = needed.filter(isMissing);
  if (missing.length > 0) {
    throw new CannotStart(
      `The installation is not whole, ${missing.join(', ')} is missing in ${folder}: install it again.`,
    );
  }
  if (isMissing(built)) {
    log.warn(`${built} is missing in ${folder}: pages come without styles and charts until "npm run build" has run.`);
  }
}
