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
import { installReference, simulateReference } from './support/simulated-reference';

/*
 * How many signed notices of 6 KB a second are taken and kept, over 32 connections: by a process that only serves, by one
 * that works them off as well, and by Express that verifies the same and keeps nothing.
 */

const bodySize = 6_000;

/** Another notice each time: somebody comments on a pull request. */
function createWriter({ workspace, clock }: ReferenceDatabase) {
  const path = '/connect/notices';
  const [repository] = workspace.repositories;
  const data = {
    repository: {
      type: 'repository',
      uuid: repository?.uuid,
      full_name: `${workspace.slug}/${repository?.slug ?? ''}`,
    },
    pullrequest: { type: 'pullrequest', id: 1 },
    actor: { type: 'user', uuid: workspace.people.at(-1)?.uuid },
  };
  const short = JSON.stringify({ event: 'pullrequest:comment_created', data: { ...data, text: '' } });
  const body = short.replace('"text":""', `"text":"${'x'.repeat(bodySize - short.length)}"`);
  const clientKey = findClientKey(workspace);
  const token = signLikeBitbucket({ method: 'POST', url: path, clientKey, secret: referenceSecret, now: clock.now() });
  const head = [
    ...[`POST ${path} HTTP/1.1`, 'host: localhost', 'content-type: application/json', `authorization: JWT ${token}`],
    ...[`content-length: ${body.length}`, 'x-event-key: pullrequest:comment_created', 'x-attempt-number: 1'],
  ].join('\r\n');
  return (): Buffer => Buffer.from(`${head}\r\nx-request-uuid: ${randomUUID()}\r\n\r\n${body}`);
}

async function send(url: string, data: ReferenceDatabase, seconds: number): Promise<Sent> {
  const write = createWriter(data);
  await sendNotices({ url, connections: 32, milliseconds: 1_000, write });
  const sent = await sendNotices({ url, connections: 32, milliseconds: seconds * 1000, write });
  if (Object.keys(sent.statuses).join() !== '204') throw new Error(`Answered: ${JSON.stringify(sent.statuses)}`);
  return sent;
}

async function sendToPeer(data: ReferenceDatabase, seconds: number): Promise<Sent> {
  const environment = { PATH: process.env['PATH'], ...data.environment, BENCHMARK_SECRET: referenceSecret };
  const peer = fork(buildProduct().peer, { env: environment, execArgv: [] });
  atEnd(() => peer.kill());
  const [{ url }] = (await once(peer, 'message')) as [{ url: string }];
  const sent = await send(url, data, seconds);
  peer.kill();
  return sent;
}

async function sendToProduct(data: ReferenceDatabase, seconds: number, role: 'web' | 'all'): Promise<Sent> {
  const simulator = await simulateReference(data.workspace, data.clock);
  const addresses = { BITBUCKET_URL: simulator.url, BITBUCKET_API_URL: simulator.url, ROLE: role };
  const product = await startMeasured({ environment: { ...data.environment, ...addresses } });
  await installReference(simulator, product.url);
  const sent = await send(product.url, data, seconds);
  await product.stop();
  await simulator.close();
  return sent;
}

async function measureIntake(): Promise<void> {
  const options = readOptions(1_000);
  const data = await openReference(options);
  const { seconds } = options;
  const peer = await sendToPeer(data, seconds);
  const toRow = (question: string, sent: Sent, goal: number | null): Row => ({
    question,
    figures: { 'a second': formatCount(sent.perSecond), p50: formatMs(sent.p50), p99: formatMs(sent.p99) },
    ...{ goal, ratio: peer.perSecond / sent.perSecond },
  });
  const web = await sendToProduct(data, seconds, 'web');
  const all = await sendToProduct(data, seconds, 'all');
  report(`notices of 6 KB, 32 connections, ${options.database}; ratio: the peer's rate to ours`, [
    toRow('Express, the same verification, nothing kept', peer, null),
    toRow('web alone', web, 1 / 0.8),
    toRow('web and worker', all, 1 / 0.5),
    { question: 'p99 of web alone, to 50 ms', figures: { p99: formatMs(web.p99) }, goal: 1, ratio: web.p99 / 50 },
  ]);
}

runProgram(measureIntake);
