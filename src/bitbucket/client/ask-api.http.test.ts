import {
  giveAnswer,
  giveJson,
  giveStatus,
  giveText,
  startStandInServer,
  type StandInServer,
} from '../../../test/support/fakes/stand-in-server';
import { readPayload } from '../../../test/support/fakes/golden-payloads';
import { createAskApi, type AskApi } from './ask-api';
import { Interrupted } from './errors';

let server: StandInServer;
let foreign: StandInServer;
let ask: AskApi;
beforeEach(async () => {
  server = await startStandInServer();
  foreign = await startStandInServer();
  ask = createAskApi({ apiUrl: server.url, authorization: 'Bearer t' });
});
afterEach(async () => {
  await server.close();
  await foreign.close();
});

const path = '/2.0/workspaces/acme';

describe('A question to the API', () => {
  it('gives the parsed body of a success, and nothing where there is none', async () => {
    server.answer(giveJson({ a: 1 }), giveText('', 204));
    expect(await ask({ path })).toEqual({ kind: 'answer', status: 200, json: { a: 1 }, required: [] });
    expect(await ask({ path, method: 'DELETE' })).toMatchObject({ kind: 'answer', status: 204, json: null });
    expect(server.asked[0]).toEqual({ url: path, authorization: 'Bearer t' });
  });

  it('sends what it has to say as JSON', async () => {
    let sent = '';
    server.answer((response, request) => {
      request.on('data', (chunk: Buffer) => (sent += chunk.toString()));
      request.on('end', () => response.writeHead(201).end(JSON.stringify({ method: request.method })));
    });
    expect(await ask({ path, method: 'PUT', json: { secret: 's' } })).toMatchObject({ json: { method: 'PUT' } });
    expect(JSON.parse(sent)).toEqual({ secret: 's' });
  });

  it('tells the scopes that a refusal names', async () => {
    server.answer(giveAnswer(readPayload('src/bitbucket/client/payloads/answers', '403-scope-missing')));
    expect(await ask({ path })).toEqual({ kind: 'answer', status: 403, json: null, required: ['account'] });
    server.answer(giveStatus(404));
    expect(await ask({ path })).toEqual({ kind: 'answer', status: 404, json: null, required: [] });
  });

  it('tells of too many requests, and when it may ask again', async () => {
    const heard: (string | null)[] = [];
    const access = { apiUrl: server.url, authorization: 'Bearer t' };
    ask = createAskApi({ ...access, onTooMany: async (retryAfter) => void heard.push(retryAfter) });
    server.answer(giveStatus(429, { 'retry-after': '120' }), giveStatus(503));
    await ask({ path });
    await ask({ path });
    expect(heard).toEqual(['120']);
  });

  it.each([
    ['an HTML page with 200', giveText('<html>maintenance</html>'), 'the answer is no JSON'],
    ['too many requests', giveStatus(429), 'too many requests, status 429'],
    ['a failure', giveStatus(503), 'status 503'],
    ['a redirect to nowhere', giveStatus(302), 'status 302'],
  ])('knows nothing after %s', async (_, answer, reason) => {
    server.answer(answer);
    expect(await ask({ path })).toEqual({ kind: 'unreachable', reason });
  });

  it('knows nothing when nobody answers, and asks nothing once the process ends', async () => {
    await foreign.close();
    const nobody = createAskApi({ apiUrl: foreign.url, authorization: 'Bearer t' });
    expect(await nobody({ path })).toMatchObject({ kind: 'unreachable' });
    const ended = createAskApi({ apiUrl: server.url, authorization: 'Bearer t', signal: AbortSignal.abort() });
    await expect(ended({ path })).rejects.toThrow(Interrupted);
    expect(server.asked).toEqual([]);
  });

  it('follows a redirect on this host, and none to another or of what changes something', async () => {
    const redirect = (location: string) => giveStatus(302, { location });
    server.answer(redirect('/2.0/workspaces/new-name'), giveJson({ slug: 'new-name' }));
    expect(await ask({ path })).toMatchObject({ json: { slug: 'new-name' } });
    server.answer(redirect(`${foreign.url}/steal`));
    expect(await ask({ path })).toMatchObject({ kind: 'unreachable' });
    expect(foreign.asked).toEqual([]);
    server.answer(redirect('/2.0/elsewhere'));
    expect(await ask({ path, method: 'POST', json: {} })).toEqual({ kind: 'unreachable', reason: 'status 302' });
    expect(await ask({ path })).toEqual({ kind: 'unreachable', reason: 'too many redirects' });
  });
});
