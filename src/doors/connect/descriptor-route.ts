import path from 'node:path';
import ace from 'atlassian-connect-express';
import express, { type RequestHandler } from 'express';
import type { Log } from '../../machine/log';
import { projectFolder, type Descriptor } from './descriptor';

/**
 * atlassian-connect-express serves the descriptor and nothing else. It lives in an application of its own that is
 * handed GET /atlassian-connect.json alone, so none of the routes it makes (notices answered before they are
 * stored, installs believed unseen) can be reached. Why: docs/decisions/0001-atlassian-connect-express.md.
 */
export function createDescriptorRoute(descriptor: Descriptor, log: Log): RequestHandler {
  const host = express();
  host.disable('x-powered-by');
  registerStore();
  keepRejectionHandlers(() => {
    ace(host, { config: { descriptorTransformer: () => descriptor as never } }, toAceLog(log) as unknown as Console, {
      configFileName: path.join(projectFolder, 'config.json'),
    });
  });
  const served = new URL(descriptor.baseUrl).pathname.replace(/\/+$/u, '') + '/atlassian-connect.json';
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      next();
      return;
    }
    request.url = served;
    host(request, response, next);
  };
}

/**
 * The library wants a store. Ours knows nothing and keeps nothing: connections are read and written by
 * `lifecycle.ts` alone.
 */
function registerStore(): void {
  const refuse = (): Promise<never> => Promise.reject(new Error('atlassian-connect-express keeps nothing here'));
  const nothing = () => Promise.resolve(null);
  const adapter = {
    get: nothing,
    getAllClientInfos: () => Promise.resolve([]),
    getClientSettingsForForgeInstallation: nothing,
    set: refuse,
    del: refuse,
    saveInstallation: refuse,
    deleteAssociation: refuse,
    forForgeInstallation: () => ({ get: nothing, set: refuse, del: refuse }),
    isMemoryStore: () => false,
  };
  ace.store.register('drumbeat', () => adapter as never);
}

/** The library adds a handler for the whole process that would hide every unhandled rejection; it is taken off. */
function keepRejectionHandlers(work: () => void): void {
  const before = new Set(process.listeners('unhandledRejection'));
  work();
  for (const listener of process.listeners('unhandledRejection')) {
    if (!before.has(listener)) process.removeListener('unhandledRejection', listener);
  }
}

/** The library prints tokens and addresses when it fails; nothing it says is needed above debug. */
function toAceLog(log: Log) {
  const write = () => log.debug('atlassian-connect-express has something to say');
  return { info: write, warn: write, error: write, debug: write, log: write };
}
