import { setTimeout as sleep } from 'node:timers/promises';
import { collectDefaultMetrics, Counter, Registry } from 'prom-client';
import { createAdministration } from './administration/administration';
import { createErasure } from './administration/erasure';
import { Interrupted } from './bitbucket/client/errors';
import { checkInstallation } from './check-installation';
import { systemChance, systemClock, systemSteady, type Chance } from './machine/clock';
import type { Clock, Steady } from './domain/clock';
import { createApiTokens } from './doors/api-tokens';
import { createAccessTokenDoor } from './doors/access-token/access-token-door';
import { connectFromEnvironment } from './doors/access-token/connect-from-environment';
import { registerExpiryGauge } from './doors/access-token/expiry-gauge';
import { planHookCare } from './doors/access-token/look-after-hook-job';
import { createTokenConnections, type TokenConnections } from './doors/access-token/token-connections';
import type { TokenNeeds } from './doors/access-token/token-needs';
import { createAuthorisers } from './doors/authorisers';
import type { TokenUse } from './doors/connect/connect-needs';
import { createConnectDoor, type ConnectDoor } from './doors/connect/connect-door';
import { planProofs } from './doors/connect/prove-install-job';
import type { Door, DoorEvents } from './doors/door';
import { createSessions } from './doors/sessions';
import { describeConfiguration } from './effective-configuration';
import { eraseWorkspaceKind } from './ingestion/workspace-lifecycle';
import { createHealth } from './health';
import { createIngestion, type Ingestion } from './ingestion/ingestion';
import { planPolling } from './ingestion/reconciliation/poll';
import { listen, type Listening } from './machine/listen';
import { createLog, type Log } from './machine/log';
import { openOwnWindow } from './open-own-window';
import { createReporting, type Reporting } from './reporting/reporting';
import type { Core } from './open-core';
import { openWatchedCore } from './open-watched-core';
import { readSettings, type Environment, type Settings } from './settings';
import { createShutDown } from './shut-down';
import type { StatementListener } from './store/database/database';
import { toOpeningFailure } from './store/database/opening-failure';
import { findUnreadVariables } from './unread-variables';
import { answerWhileStarting } from './web/starting-answers';
import { createWebApp } from './web/web-app';

/** A running process. */
export interface Drumbeat {
  /** The public address. */
  readonly url: string;
  /** Looks for due work now instead of at the next poll: for whoever moves the clock on. */
  kick(): void;
  /** Says that it will end, and resolves when whoever sends requests has had time to notice (SHUTDOWN_GRACE_SECONDS). */
  leave(): Promise<void>;
  /** Lets requests under way end, gives work back and closes the database, within seconds. */
  close(): Promise<void>;
}

/** What a process takes from its machine. */
interface MachineParts {
  /** Default: the machine's clock. Timers go at the real pace whatever it says. */
  readonly clock?: Clock;
  /** Default: the machine's. By what goes on steadily is seen that the clock has jumped. */
  readonly steady?: Steady;
  /** Default: the machine's chance. */
  readonly random?: Chance;
  /** Default: timers. How to wait between attempts at Bitbucket. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
  /** Hears of each statement sent to the database. */
  readonly onStatement?: StatementListener;
}

/**
 * Starts the process that the environment describes.
 * @throws {WrongSettings} naming everything that is wrong with the environment.
 * @throws {CannotStart} naming what of the world around it is in the way.
 */
export async function startDrumbeat(environment: Environment, machine: MachineParts = {}): Promise<Drumbeat> {
  const parts = { clock: systemClock, steady: systemSteady, random: systemChance, wait: sleep, ...machine };
  const settings = readSettings(environment);
  const log = createLog(settings.logLevel, parts.clock);
  checkInstallation(log);
  for (const { sentence, ...names } of findUnreadVariables(environment)) log.warn(names, sentence);
  const listening = await listen(settings, log, answerWhileStarting);
  let core: Core | null = null;
  try {
    core = await openWatchedCore({ settings, log, onStatement: machine.onStatement });
    return await startRooms({ ...parts, ...core, environment, settings, log, listening });
  } catch (error) {
    await listening.abandon();
    await core?.close();
    // What the database refuses is told as it is where it is opened.
    throw toOpeningFailure(error, settings.databaseUrl);
  }
}

interface StartingParts extends Required<Omit<MachineParts, 'onStatement'>>, Core {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly log: Log;
  readonly listening: Listening;
}

async function startRooms(starting: StartingParts): Promise<Drumbeat> {
  const { settings, log, listening, encryptionKey, stores, clock, steady, random, wait } = starting;
  const url = settings.baseUrl ?? `http://localhost:${listening.port}`;
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const parts = { settings, log, stores, url, clock, steady, random, wait, metrics };
  const { appKey, doors, ingestion, reporting, ending, tokenConnections } = joinRooms(parts);
  const shutDown = createShutDown({ listening, ingestion, reporting, core: starting, ending, log });
  if (settings.role !== 'web') await startWork({ stores, clock }, ingestion);
  listening.attach(
    createWebApp({
      metrics,
      settings: { ...settings, baseUrl: url },
      log,
      clock,
      doors,
      sessions: createSessions({ ...stores, encryptionKey, clock }),
      apiTokens: createApiTokens(stores),
      ...ingestion,
      ...openOwnWindow({ ...parts, encryptionKey, ingestion, tokenConnections }),
      administration: createAdministration(stores, clock),
      reporting,
      health: createHealth({
        settings,
        core: starting,
        clock,
        worker: ingestion.worker,
        isLeaving: shutDown.isLeaving,
      }),
    }),
  );
  const configuration = describeConfiguration(starting.environment, { ...settings, baseUrl: url, appKey });
  log.info({ configuration }, 'Drumbeat has started; this is the configuration in force.');
  const connecting = settings.role === 'web' ? null : connectAtStart({ settings, stores, log }, tokenConnections);
  return {
    url,
    kick: () => ingestion.worker.kick(),
    async leave() {
      shutDown.leave();
      await sleep(settings.shutdownGraceSeconds * 1000);
    },
    close: () => shutDown.close(connecting),
  };
}

export interface Joining extends Omit<StartingParts, 'environment' | 'listening' | Exclude<keyof Core, 'stores'>> {
  readonly url: string;
  readonly metrics: Registry;
}

/**
 * Doors call ingestion when a workspace comes or goes; ingestion calls back through the door of its connection. Reporting
 * computes what counts, and ingestion writes it down as rows.
 */
export function joinRooms({ settings, log, stores, url, clock, steady, random, wait, metrics }: Joining) {
  const events = toEvents(() => ingestion.lifecycle);
  const ending = new AbortController();
  const shared = { ...settings, baseUrl: url, clock, log, events, signal: ending.signal };
  const { connections, reinstalls, workspaces } = stores;
  const onRefusedByTime = countRefusals(metrics);
  const connect: ConnectDoor = createConnectDoor({ ...shared, connections, reinstalls, workspaces, onRefusedByTime });
  const tokenNeeds: TokenNeeds = {
    ...shared,
    stores,
    passRequest: (workspace, purpose) => ingestion.passRequest(workspace, purpose),
    pauseRequests: (workspace, retryAfter) => ingestion.pauseRequests(workspace, retryAfter),
  };
  registerExpiryGauge(metrics, stores.connections);
  const doors: readonly Door[] = [connect, createAccessTokenDoor(tokenNeeds)];
  const ingestion = createIngestion({
    ...settings,
    stores,
    clock,
    steady,
    log,
    metrics,
    random,
    wait,
    signal: ending.signal,
    apiUrl: settings.bitbucketApiUrl,
    authoriserFor: createAuthorisers(doors, stores.connections),
    openDeliveries: (workspace) => reporting.openDeliveries(workspace),
    otherHandlers: {
      [eraseWorkspaceKind]: createErasure(stores, clock),
      ...Object.fromEntries(doors.flatMap((door) => Object.entries(door.jobs))),
    },
  });
  const reporting: Reporting = createReporting(stores, {
    clock,
    bitbucketUrl: settings.bitbucketUrl,
    loadProgress: (workspace) => ingestion.importStatus.loadProgress(workspace),
    onProblem: (error) => log.warn({ err: error }, 'finished columns could not be stored'),
  });
  return {
    appKey: connect.appKey,
    doors,
    ingestion,
    reporting,
    ending,
    tokenConnections: createTokenConnections(tokenNeeds),
  };
}

/** What doors say goes to ingestion, which is made after them. */
function toEvents(find: () => Ingestion['lifecycle']): DoorEvents {
  return {
    step: (workspace, work) => find().step(workspace, work),
    onConnected: (workspace, tx) => find().onConnected(workspace, tx),
    onMoved: (workspace, tx) => find().onMoved(workspace, tx),
    onStillConnected: (workspace, tx) => find().onStillConnected(workspace, tx),
    onAccessRestored: (workspace, tx) => find().onAccessRestored(workspace, tx),
    onHearingChanged: (workspace, tx) => find().onHearingChanged(workspace, tx),
    onDisconnected: (workspace, tx) => find().onDisconnected(workspace, tx),
    onWork: (job, tx) => find().onWork(job, tx),
  };
}

/** Every refusal is one that Bitbucket does not repeat: more than a few say that a clock is wrong. */
function countRefusals(metrics: Registry): (use: TokenUse) => void {
  const refusals = new Counter({
    name: 'bitbucket_tokens_refused_by_time_total',
    help: 'Tokens of Bitbucket that were right but for their times, by what they came with',
    labelNames: ['use'] as const,
    registers: [metrics],
  });
  return (use) => refusals.inc({ use });
}

/** Beside the start, which waits for nobody: Bitbucket may be slow, and the pages say how far it is. */
async function connectAtStart(
  { settings, stores, log }: Pick<Joining, 'settings' | 'stores' | 'log'>,
  tokenConnections: TokenConnections,
): Promise<void> {
  try {
    await connectFromEnvironment(settings, { tokenConnections, connections: stores.connections, log });
  } catch (error) {
    if (error instanceof Interrupted) return;
    log.error({ err: error }, 'Connecting as the environment asks has failed.');
  }
}

async function startWork({ stores, clock }: Pick<Joining, 'stores' | 'clock'>, ingestion: Ingestion): Promise<void> {
  // An SQLite file has one process: whoever held leases is dead, and its work need not wait for their end.
  if (stores.database.dialect === 'sqlite') await stores.jobs.releaseAll();
  await ingestion.planMissingWork();
  // Where nobody calls us, nobody has looked while no process ran.
  for (const { uuid } of await stores.workspaces.list()) await planPolling({ stores, clock }, uuid);
  await planHookCare(stores.connections, (job) => ingestion.lifecycle.onWork(job));
  await planProofs(stores.connections, (job) => ingestion.lifecycle.onWork(job));
  ingestion.worker.start();
}
