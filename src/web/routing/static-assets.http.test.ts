import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import express from 'express';
import { assetVersion, serveAssets } from './static-assets';

const decode = { br: brotliDecompressSync, gzip: gunzipSync, identity: (body: Buffer) => body } as const;
let server: http.Server;
beforeAll(async () => {
  server = http.createServer(express().use('/public', ...serveAssets())).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function get(file: string, encodings: string): Promise<{ headers: http.IncomingHttpHeaders; body: Buffer }> {
  const { port } = server.address() as AddressInfo;
  const headers = { 'accept-encoding': encodings, connection: 'close' };
  return new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port, path: `/public/${file}`, headers }, (reply) => {
        const parts: Buffer[] = [];
        reply.on('data', (part: Buffer) => parts.push(part));
        reply.on('end', () => {
          resolve({ headers: reply.headers, body: Buffer.concat(parts) });
        });
      })
      .on('error', reject);
  });
}

describe.each([
  ['built/app.js', 'text/javascript; charset=utf-8'],
  ['built/app.css', 'text/css; charset=utf-8'],
])('%s', (file, type) => {
  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', 'identity'],
  ] as const)('is sent to a browser that takes %s as %s', async (accepted, encoding) => {
    const { headers, body } = await get(`${file}?v=${assetVersion}`, accepted);
    expect(headers['content-encoding'] ?? 'identity').toBe(encoding);
    expect(headers).toMatchObject({ 'content-type': type, vary: 'Accept-Encoding' });
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(decode[encoding](body)).toEqual(readFileSync(path.resolve(__dirname, '../../../public', file)));
  });
});
