import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { createRememberingLog } from '../../test/support/remembering-log';
import { acme, createTestWeb, type TestWeb, type TestWebOptions } from '../../test/support/web/test-web';

let web: TestWeb;

async function start(options: TestWebOptions = {}): Promise<void> {
  web = await createTestWeb(options);
  await web.addTenant(acme);
}
afterEach(() => web.close());

const path = '/connect/notices';
function notify(url = path, headers: Record<string, string> = {}): request.Test {
  const token = web.sign(acme, { method: 'POST', url });
  return request(web.app)
    .post(url)
    .set({ Authorization: `JWT ${token}`, 'Content-Type': 'application/json', ...headers });
}

test('A compressed notice is kept as it was before', async () => {
  await start();
  const body = '{"a":"ä"}';
  await notify(path, { 'Content-Encoding': 'gzip' })
    .serialize((value: unknown) => value as string)
    .send(gzipSync(body))
    .expect(204);
  await notify(path, { 'Content-Encoding': 'other' }).send('{}').expect(415);
  expect(web.kept.map((notice) => notice.body)).toEqual([body]);
});

test('An address with a query is the same place, any other is not, and beneath the path of BASE_URL alone', async () => {
  await start({ baseUrl: 'https://drumbeat.test/some/where' });
  await notify('/some/where/connect/notices?a=b').send('{}').expect(204);
  for (const url of ['/connect/notices', '/some/where/connect/notices/', '/some/where/Connect/notices']) {
    await notify(url).send('{}').expect(404);
  }
  await request(web.app).get('/some/where/connect/notices').expect(404);
});

test('What refuses a notice says so in the log, in the measurements and with the headers of every answer', async () => {
  const { log, lines } = createRememberingLog();
  await start({ log, keep: () => Promise.reject(new Error('disk full')) });
  const answer = await notify().send('{}').expect(503);
  expect(answer.headers).toMatchObject({ 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' });
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  expect(answer.body).toMatchObject({ status: 503, request_id: answer.headers['x-request-id'] });
  await request(web.app).post(path).send('{}').expect(401);
  const line = { req: { id: answer.headers['x-request-id'], method: 'POST', path }, res: { status: 503 } };
  expect(lines).toContainEqual(expect.objectContaining({ ...line, msg: 'request completed' }));
  const { text } = await request(web.app).get('/metrics').expect(200);
  expect(text).toContain('http_request_duration_seconds_count{kind="notice",status="5xx"} 1');
  expect(text).toContain('http_request_duration_seconds_count{kind="notice",status="4xx"} 1');
});

test('Where the database does not even tell whose it is, a notice is to be sent again', async () => {
  await start();
  await web.stores.database.write('DROP TABLE connections', []);
  await notify().send('{}').expect(503);
});
