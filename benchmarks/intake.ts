import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { signLikeBitbucket } from '../test/support/signed-requests';
import { findClientKey, referenceSecret } from './reference/access';
import { buildProduct } from './support/build-product';
import { startMeasured } from './support/measured-product';
import { openReference, type ReferenceDatabase } from './support/open-reference';
import { formatCount, formatMs, report, type Row } from './support/report';
import { atEnd, readOptions, runProgram } from './support/run-program';
import { sendNotices, type Sent } from './support/send-notices';
import { openDatabase } from '../src/store/open-database';
import type { Simulator } from '../simulator/simulator';
import type { ReferenceWorkspace } from './reference/shape';
import { installReference, simulateReference } from './support/simulated-reference';

/*
 * How many signed notices of 6 KB a second are taken and kept, over 32 connections: by a process that only serves, by one
 * that works them off as well, and by Express that verifies the same and keeps nothing.
 */

const bodySize = 6_000;
/** Each text begins with another number of as many digits. */
const firstText = 600_000_000;
const path = '/connect/notices';

interface Stage {
  readonly data: ReferenceDatabase;
  readonly simulator: Simulator;
  readonly seconds: number;
}

/** Another notice each time: somebody goes on with a comment on a pull request that is open. */
function createWriter({ data, simulator }: Stage): () => Buffer {
  const { workspace, clock } = data;
  const body = writeComment(simulator, workspace);
  const [before = '', after = ''] = body.split(String(firstText));
  const clientKey = findClientKey(workspace);
  const token = signLikeBitbucket({ method: 'POST', url: path, clientKey, secret: referenceSecret, now: clock.now() });
  const head = [
    ...[`POST ${path} HTTP/1.1`, 'host: localhost', 'content-type: application/json', `authorization: JWT ${token}`],
    ...[`content-length: ${body.length}`, 'x-event-key: pullrequest:comment_created', 'x-attempt-number: 1'],
  ].join('\r\n');
  let count = 0;
  return () => {
    count += 1;
    return Buffer.from(`${head}\r\nx-request-uuid: ${randomUUID()}\r\n\r\n${before}${firstText + count}${after}`);
  };
}

/** As Bitbucket tells it, with a text that makes it as long as it is to be. */
function writeComment({ pullRequests }: Simulator, workspace: ReferenceWorkspace): string {
  const by = workspace.people.at(-1)?.uuid ?? '';
  const repository = workspace.repositories[0]?.uuid ?? '';
  const { pullRequest } = pullRequests.openPullRequest({ repository, by });
  const { notices } = pullRequests.comment({ repository, by, id: pullRequest.id, text: '' });
  const told = JSON.parse(notices[0]?.body ?? '') as { data: { comment: { content: { raw: string } } } };
  const text = String(firstText).padEnd(bodySize - JSON.stringify(told).length, 'x');
  told.data.comment.content.raw = text;
  return JSON.stringify(told);
}

async function send(url: string, stage: Stage): Promise<Sent> {
  const write = createWriter(stage);
  await sendNotices({ url, connections: 32, milliseconds: 1_000, write });
  const sent = await sendNotices({ url, connections: 32, milliseconds: stage.seconds * 1000, write });
  if (Object.keys(sent.statuses).join() !== '204') throw new Error(`Answered: ${JSON.stringify(sent.statuses)}`);
  return sent;
}

async function sendToPeer(stage: Stage): Promise<Sent> {
  const { environment } = stage.data;
  const peer = fork(buildProduct().peer, {
    env: { PATH: process.env['PATH'], ...environment, BENCHMARK_SECRET: referenceSecret },
    execArgv: [],
  });
  atEnd(() => peer.kill());
  const [{ url }] = (await once(peer, 'message')) as [{ url: string }];
  const sent = await send(url, stage);
  peer.kill();
  return sent;
}

/** What is waiting when the stream ends would be worked off in peace: it is asked how much was worked off beside it. */
interface Worked extends Sent {
  /** Of all notices that are kept. */
  readonly shareWorked: number;
}

async function sendToProduct(stage: Stage, role: 'web' | 'all'): Promise<Worked> {
  const { data, simulator } = stage;
  const addresses = { BITBUCKET_URL: simulator.url, BITBUCKET_API_URL: simulator.url, ROLE: role };
  const product = await startMeasured({ environment: { ...data.environment, ...addresses } });
  await installReference(simulator, product.url);
  const sent = await send(product.url, stage);
  await product.stop();
  const database = await openDatabase({ url: data.url });
  const sql = `SELECT count(*) AS kept, count(CASE WHEN state = 'waiting' THEN 1 END) AS waiting FROM notices`;
  const { kept, waiting } = (await database.readOne<{ kept: number; waiting: number }>(sql, [])) ?? none;
  await database.close();
  return { ...sent, shareWorked: 1 - waiting / kept };
}

const none = { kept: 0, waiting: 0 };

async function measureIntake(): Promise<void> {
  const options = readOptions(1_000);
  const data = await openReference(options);
  const simulator = await simulateReference(data.workspace, data.clock);
  const stage = { data, simulator, seconds: options.seconds };
  const peer = await sendToPeer(stage);
  const toRow = (question: string, sent: Sent, goal: number | null): Row => ({
    question,
    figures: { 'a second': formatCount(sent.perSecond), p50: formatMs(sent.p50), p99: formatMs(sent.p99) },
    ...{ goal, ratio: peer.perSecond / sent.perSecond },
  });
  // First the one that works them off: it would find those that the other has left.
  const all = await sendToProduct(stage, 'all');
  const web = await sendToProduct(stage, 'web');
  const worked = toRow('web and worker', all, 1 / 0.5);
  const toLimit = ({ p99 }: Sent) => ({ figures: { p99: formatMs(p99) }, goal: 1, ratio: p99 / 50 });
  report(`notices of 6 KB, 32 connections, ${options.database}; ratio: the peer's rate to ours`, [
    toRow('Express, the same verification, nothing kept', peer, null),
    toRow('web alone', web, 1 / 0.8),
    { ...worked, figures: { ...worked.figures, 'worked off': `${(all.shareWorked * 100).toFixed(0)} %` } },
    { question: 'p99 of web alone, to 50 ms', ...toLimit(web) },
    { question: 'p99 of web and worker, to 50 ms', ...toLimit(all) },
  ]);
}

runProgram(measureIntake);
