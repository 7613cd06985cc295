import { readFileSync } from 'node:fs';
import path from 'node:path';
import express from 'express';
import request from 'supertest';
import { createSilentLog } from '../../machine/log';
import { pagePaths } from '../../web/routing/paths';
import { connectPaths } from './connect-paths';
import { projectFolder, readDescriptor } from './descriptor';
import { createDescriptorRoute } from './descriptor-route';

const baseUrl = 'https://drumbeat.example.com/app';

interface DescriptorText {
  key: string;
  baseUrl: string;
  contexts: string[];
  scopes: string[];
  lifecycle: Record<string, string>;
  modules: Record<string, { url: string; event?: string }[] | { url: string }>;
}

function read(appKey: string | null = null): DescriptorText {
  return readDescriptor({ baseUrl, appKey }) as unknown as DescriptorText;
}

/** As the web room mounts it, but with nothing of ours beside it: whatever the library opened would show. */
function serve(): express.Express {
  const app = express();
  app.use(createDescriptorRoute(readDescriptor({ baseUrl, appKey: null }), createSilentLog()));
  return app;
}

test('the descriptor is served with BASE_URL', async () => {
  const answer = await request(serve()).get('/atlassian-connect.json').expect(200);
  expect(answer.body).toEqual(read());
  expect(answer.body).toMatchObject({ key: 'drumbeat', baseUrl });
  expect(answer.text).not.toContain('{{');
});

test('APP_KEY takes the place of the key', () => {
  expect(read('drumbeat-staging').key).toBe('drumbeat-staging');
});

test('what is asked of Bitbucket is the least that is needed', () => {
  const descriptor = read();
  expect(descriptor.contexts).toEqual(['account']);
  expect(descriptor.scopes).toEqual(['account', 'repository', 'pullrequest', 'webhook']);
});

test('the workspace page is for members, the settings are for administrators, where Bitbucket honours it', () => {
  const has = (condition: string, permission: string) => ({ condition, params: { permission } });
  const [member, owner] = [has('has_workspace_permission', 'member'), has('has_workspace_permission', 'owner')];
  expect(read().modules).toMatchObject({
    profileTabs: [{ conditions: [{ type: 'or', conditions: [member, owner] }] }],
    configurePage: { conditions: [{ type: 'or', conditions: [owner, has('has_account_permission', 'admin')] }] },
  });
});

test('every address in the descriptor is one that is routed', () => {
  const { lifecycle, modules } = read();
  const { notices, installed, uninstalled, enabled, disabled } = connectPaths;
  expect(lifecycle).toEqual({ installed, uninstalled, enabled, disabled });
  const addresses = Object.values(modules).flat();
  const routed = new Set<string>([notices, ...Object.values(pagePaths)]);
  expect(addresses.filter(({ url }) => !routed.has(url.split('?')[0] ?? ''))).toEqual([]);
});

test('every notice is asked for by its name and sent to one address', () => {
  const webhooks = read().modules['webhooks'] as { url: string; event: string }[];
  expect(new Set(webhooks.map(({ url }) => url))).toEqual(new Set([connectPaths.notices]));
  expect(new Set(webhooks.map(({ event }) => event)).size).toBe(18);
  expect(webhooks.filter(({ event }) => !/^(?:pullrequest|repo):[a-z_]+$/u.test(event))).toEqual([]);
});

test.each(['/installed', '/app/installed', '/app/connect/notices', '/connect/notices', '/app/uninstalled'])(
  'no route of atlassian-connect-express is live: POST %s',
  async (address) => {
    await new Promise((resolve) => setImmediate(resolve));
    await request(serve()).post(address).send({ clientKey: 'x', sharedSecret: 'y' }).expect(404);
  },
);

test('atlassian-connect-express leaves no handler that would hide an unhandled rejection', () => {
  const before = process.listenerCount('unhandledRejection');
  serve();
  expect(process.listenerCount('unhandledRejection')).toBe(before);
});

test('the settings of atlassian-connect-express hold names of variables and no address or secret', () => {
  const settings = readFileSync(path.join(projectFolder, 'config.json'), 'utf8');
  expect(settings).not.toMatch(/https?:\/\//u);
  expect(settings).not.toMatch(/secret|password/iu);
});
