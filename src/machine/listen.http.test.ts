import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { listen } from './listen';
import { createSilentLog } from './log';

const log = createSilentLog();

describe('Listening', () => {
  it('is refused where another process listens, naming PORT', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(listen({ port, host: '127.0.0.1' }, log)).rejects.toThrow(
      `PORT is ${port.toString()}, which another process has taken at 127.0.0.1: end that process, or set PORT`,
    );
    await new Promise((resolve) => other.close(resolve));
  });

  it.each([
    ['203.0.113.1', 'HOST is "203.0.113.1", which is no address of this machine'],
    ['nowhere.invalid', 'HOST is "nowhere.invalid", which is no address and no known name'],
  ])('at %s is refused, naming HOST', async (host, words) => {
    await expect(listen({ port: 0, host }, log)).rejects.toThrow(words);
  });

  it('lets requests wait for the rooms, and tells them to come again when there will be none', async () => {
    const listening = await listen({ port: 0, host: '127.0.0.1' }, log);
    const asked = request({ port: listening.port, host: '127.0.0.1', headers: { expect: '100-continue' } });
    const answered = once(asked, 'response');
    asked.flushHeaders();
    // Only then is it certain that the request has come.
    await once(asked, 'continue');
    asked.end();
    await listening.abandon();
    const [answer] = (await answered) as [IncomingMessage];
    expect(answer.statusCode).toBe(503);
  });

  it('hangs up on a body that goes on without end after its answer', async () => {
    const listening = await listen({ port: 0, host: '127.0.0.1', lingerMs: 20 }, log);
    listening.attach((_request, response) => void response.writeHead(401).end());
    const socket = connect(listening.port, '127.0.0.1');
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.write('POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n');
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    const sending = setInterval(() => socket.write(chunk), 1);
    await ended;
    clearInterval(sending);
    expect(answer).toMatch(/^HTTP\/1\.1 401 /u);
    await listening.close();
  });

  it.each([
    ['a header', 'POST / HTTP/1.1\r\nX-Slow: x'],
    ['a body', 'POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\nx'],
  ])('cuts off whoever takes too long for %s', async (_, beginning) => {
    const times = { headersTimeout: 20, requestTimeout: 40, connectionsCheckingInterval: 10 };
    const listening = await listen({ port: 0, host: '127.0.0.1', times }, log);
    listening.attach((asked, response) => void asked.on('end', () => response.end()).resume());
    expect(await sayAndWait(listening.port, beginning)).toMatch(/^HTTP\/1\.1 408 /u);
    await listening.close();
  });

  it('hangs up on an address with too many connections, and closes those that only wait before', async () => {
    const limits = { most: 100, mostOfOne: 5 };
    const listening = await listen({ port: 0, host: '127.0.0.1', limits }, log);
    listening.attach((_request, response) => void response.end('here'));
    const open = Array.from({ length: 6 }, () => connect(listening.port, '127.0.0.1').on('error', () => undefined));
    const turnedAway = await Promise.race(open.map((socket) => once(socket, 'close').then(() => socket)));
    const [first, ...others] = open.filter((socket) => socket !== turnedAway);
    for (const socket of others) socket.destroy();
    // One that has been answered waits for nothing but the next request.
    const answered = once(first ?? turnedAway, 'data');
    first?.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
    await answered;
    await untilRoom(listening.port);
    const closed = once(first ?? turnedAway, 'close');
    const more = Array.from({ length: 4 }, () => connect(listening.port, '127.0.0.1').on('error', () => undefined));
    await closed;
    expect(more.filter((socket) => socket.destroyed)).toEqual([]);
    for (const socket of more) socket.destroy();
    await listening.close();
  });

  it('answers by itself what need not wait for the rooms, and only until they are there', async () => {
    const listening = await listen({ port: 0, host: '127.0.0.1' }, log, (_request, response) => {
      response.writeHead(204).end();
      return true;
    });
    const ask = async () => (await fetch(`http://127.0.0.1:${listening.port}/`)).status;
    expect(await ask()).toBe(204);
    listening.attach((_request, response) => void response.writeHead(200).end());
    expect(await ask()).toBe(200);
    await listening.close();
  });

  it('tells with each answer that the connection ends, once it is about to leave, also what was asked before', async () => {
    const listening = await listen({ port: 0, host: '127.0.0.1' }, log);
    let answerFirst = (): unknown => undefined;
    const come = new Promise<void>((resolve) => {
      listening.attach((request, response) => {
        if (request.url === '/first') answerFirst = () => response.end('first');
        else response.end('second');
        resolve();
      });
    });
    const ask = (path: string) => fetch(`http://127.0.0.1:${listening.port}${path}`);
    const first = ask('/first');
    await come;
    listening.leave();
    expect((await ask('/second')).headers.get('connection')).toBe('close');
    const closed = listening.close();
    answerFirst();
    const answer = await first;
    expect([answer.headers.get('connection'), await answer.text()]).toEqual(['close', 'first']);
    await closed;
  });

  it('closes only when an answer that was handed over has been sent whole, however slowly it is read', async () => {
    const listening = await listen({ port: 0, host: '127.0.0.1' }, log);
    const size = 16 * 1024 * 1024;
    listening.attach((_request, response) => void response.end(Buffer.alloc(size)));
    const asked = request({ port: listening.port, host: '127.0.0.1' }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const closed = listening.close();
    await new Promise((resolve) => setImmediate(resolve));
    let received = 0;
    answer.on('data', (piece: Buffer) => (received += piece.length));
    await once(answer, 'end');
    expect(received).toBe(size);
    await closed;
  });

  it('cuts off on demand who is never answered', async () => {
    const listening = await listen({ port: 0, host: '127.0.0.1' }, log);
    const come = new Promise<void>((resolve) => listening.attach(() => resolve()));
    const asked = fetch(`http://127.0.0.1:${listening.port}/`);
    await come;
    const closed = listening.close();
    listening.cut();
    await expect(asked).rejects.toThrow();
    await closed;
  });
});

/** What is answered before the other end hangs up. */
async function sayAndWait(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  let answer = '';
  socket.setEncoding('utf8').on('data', (piece: string) => (answer += piece));
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

/** Connections that were closed here are known as closed there a moment later. */
async function untilRoom(port: number): Promise<void> {
  const text = 'GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n';
  while ((await sayAndWait(port, text)) === '') continue;
}
