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
});
