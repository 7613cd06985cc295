import request from 'supertest';
import { administrator } from '../../../test/support/viewers/canary-world';
import { openViewedWeb, theAdministrator, viewers, type ViewedWeb } from '../../../test/support/viewers/viewed-web';
import { aWorkspaceUuid as workspace } from '../../../test/support/builders';
import { acme } from '../../../test/support/web/test-web';

let viewed: ViewedWeb;
let session: string;
beforeAll(async () => {
  viewed = await openViewedWeb();
  session = await viewed.issue(theAdministrator);
});
afterAll(() => viewed.close());

const page = '/pages/workspace?range=365';
const ask = (headers: Readonly<Record<string, string>> = {}, who = session) =>
  request(viewed.app)
    .get(page)
    .set({ Authorization: `Bearer ${who}`, 'Accept-Encoding': 'gzip', ...headers });
const noteSomething = (text: string) =>
  viewed.web.stores.notes.add(workspace, { date: '2026-01-10', text, by: administrator.uuid, now: 1 });

describe('A page that our script asks for', () => {
  it('is named by a strong ETag, and not sent again as long as it stands as it stood', async () => {
    const first = await ask().expect(200);
    const etag = first.headers['etag'] ?? '';
    expect(etag).toMatch(/^"[\w.-]+"$/u);
    const again = await ask({ 'If-None-Match': etag, 'Cache-Control': 'no-cache' }).expect(304);
    expect(again.text).toBe('');
    expect(again.headers['etag']).toBe(etag);
    await ask({ 'If-None-Match': `"other", W/${etag}` }).expect(304);
  });

  it('is sent once anything of it is another, and stands as it stood when the minute is another alone', async () => {
    const etag = (await ask()).headers['etag'] ?? '';
    viewed.web.clock.advance(60_000);
    await ask({ 'If-None-Match': etag }).expect(304);
    await noteSomething('A new stage');
    const changed = await ask({ 'If-None-Match': etag }).expect(200);
    expect(changed.text).toContain('A new stage');
    expect(changed.headers['etag']).not.toBe(etag);
  });

  it('is of its reader: what another was sent is no answer to them', async () => {
    const etag = (await ask()).headers['etag'] ?? '';
    const other = viewers.find(({ name, isSignedIn }) => name === 'one' && !isSignedIn) ?? theAdministrator;
    await ask({ 'If-None-Match': etag }, await viewed.issue(other)).expect(200);
    await ask({ 'If-None-Match': etag }, 'nobody').expect(401);
  });

  it('carries a fresh session each time, zipped or not, and differs in nothing else', async () => {
    const [zipped, plain] = [await ask(), await ask({ 'Accept-Encoding': 'identity' })];
    expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    const find = ({ text }: request.Response) => /name="session" content="([^"]+)"/u.exec(text)?.[1] ?? '';
    expect(find(zipped)).not.toBe(find(plain));
    expect(zipped.text.replaceAll(find(zipped), '')).toBe(plain.text.replaceAll(find(plain), ''));
    expect(Number(zipped.headers['content-length'])).toBeLessThan(Number(plain.headers['content-length']) / 2);
    expect(zipped.headers['etag']).not.toBe(plain.headers['etag']);
  });
});

it('is sent whole to whomever Bitbucket shows it, who has no session yet', async () => {
  const etag = (await ask()).headers['etag'] ?? '';
  const url = `${page}&user=${administrator.uuid}`;
  const jwt = viewed.web.sign(acme, { method: 'GET', url });
  const shown = await request(viewed.app).get(`${url}&jwt=${jwt}`).set('If-None-Match', etag).expect(200);
  expect(shown.headers['etag']).toBeUndefined();
  expect(shown.text).toContain('<meta name="session" content="eyJ');
});

test('A page of ten years by day, with its tables, weighs no more than one of a year', async () => {
  const asked = '/pages/workspace?tables=1&from=2016-11-23&to=2026-11-22&interval=day';
  const { status, text } = await viewed.ask(session, asked);
  expect(status).toBe(200);
  expect(text.length).toBeLessThan(500_000);
  expect(text).toContain('The file has every day.');
  const file = await viewed.ask(session, `${asked}&format=csv`);
  // A row for each metric and day, beside those of the whole range.
  expect(file.text.split('\r\n').length).toBeGreaterThan(5 * 3652);
});
