import type { AddressInfo } from 'node:net';
import express from 'express';
import { readSharedClock } from './shared-clock';
import { verifyToken } from '../../src/doors/connect/verify-token';
import { toSecretKey } from '../../src/doors/secret-key';

/*
 * What takes notices in the plainest way: Express, the same verification of the same tokens, JSON read, and nothing kept.
 * A peer for intake, in a process of its own.
 */

const secret = toSecretKey(process.env['BENCHMARK_SECRET'] ?? '');
const clock = readSharedClock(process.env);
const app = express();

app.use(express.json({ limit: '5mb' }));
app.post('/connect/notices', (request, response, next) => {
  const token = request.headers.authorization?.slice('JWT '.length) ?? null;
  const asked = { token, method: request.method, url: request.originalUrl, baseUrl: 'http://localhost' };
  verifyToken(asked, { findKeys: async () => [secret], now: () => clock.now() })
    .then(({ isValid }) => response.status(isValid ? 204 : 401).end())
    .catch(next);
});

const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ kind: 'listening', url: `http://localhost:${port}` });
});
process.on('message', () => process.exit(0));
process.once('disconnect', () => process.exit(1));
