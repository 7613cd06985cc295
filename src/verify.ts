import type { Deployment } from './domain/deployments/deployment';
import { inspect } from 'node:util';
import { CannotStart } from './machine/cannot-start';
import { systemClock } from './machine/clock';
import { createLog } from './machine/log';
import { openCore } from './open-core';
import { createReporting } from './reporting/reporting';
import type { ImportProgress } from './reporting/version/import-progress';
import { readSettings, WrongSettings } from './settings';
import { compareDeliveries } from './store/deployments/compare-deliveries';

/**
 * `npm run verify`: compares the rows of deployments and incidents of every workspace with what counts, computed anew from
 * the facts, and says a line a workspace. Ends with 1 where they differ though they are of the same version, or cannot
 * be read, and with 2 where the environment is wrong. Reads only, and the product may run meanwhile.
 */
async function verify(): Promise<void> {
  const settings = readSettings(process.env);
  const log = createLog(settings.logLevel, systemClock);
  const core = await openCore({ settings, log, isVisit: true });
  const { stores } = core;
  const { bitbucketUrl } = settings;
  const reporting = createReporting(stores, {
    clock: systemClock,
    bitbucketUrl,
    loadProgress: async () => anyProgress,
  });
  for (const { uuid, slug } of await stores.workspaces.list()) {
    const recorded = await stores.deliveries.getVersion(uuid);
    const counted = await reporting.openDeliveries(uuid);
    const deployments: Deployment[] = [];
    for (const day of counted.days) deployments.push(...(await counted.readDeployments(day)));
    const { incidents } = counted;
    const differences = compareDeliveries(await stores.deliveries.read(uuid), { deployments, incidents }, uuid);
    const isCurrent = recorded === counted.version;
    log.info({ workspace: slug, recorded, version: counted.version, differences }, describe(isCurrent, differences));
    if (isCurrent && differences.length > 0) process.exitCode = 1;
  }
  await reporting.settle();
  await core.close();
}

/** What counts is the same whatever the import is at. */
const anyProgress: ImportProgress = {
  ...{ isImporting: false, isConnected: true, importing: null, polling: null },
  ...{ lastNoticeAt: null, hasLiveNotice: false, hasSavedSettings: false },
};

function describe(isCurrent: boolean, differences: readonly unknown[]): string {
  if (differences.length === 0) return 'The rows agree with what counts.';
  return isCurrent ? 'The rows differ from what counts.' : 'The rows are of an older version; they follow in a minute.';
}

verify().catch((error: unknown) => {
  const isToBeMended = error instanceof WrongSettings || error instanceof CannotStart;
  process.stderr.write(`${isToBeMended ? error.message : inspect(error)}\n`);
  process.exit(error instanceof WrongSettings ? 2 : 1);
});
