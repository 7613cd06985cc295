import { createAdministration } from '../../../src/administration/administration';
import type { BitbucketApi } from '../../../src/bitbucket/bitbucket-api';
import { Administrators } from '../../../src/ingestion/record/administrators';
import { Viewers } from '../../../src/ingestion/record/viewers';
import { createImportStatus } from '../../../src/ingestion/progress/import-status';
import { createReporting } from '../../../src/reporting/reporting';
import { createWebApp, type WebApp } from '../../../src/web/web-app';
import request from 'supertest';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aWorkspaceUuid as workspace, day } from '../builders';
import { acme, createTestWeb, type TestWeb } from '../web/test-web';
import { administrator, repositories, saveCanaryWorld } from './canary-world';

/** Who looks, and the words of the private repositories that they have a right in; `null`: all, by right. */
export interface Viewer {
  readonly name: string;
  readonly words: readonly string[] | null;
  /** In our own window, by what was read at a sign-in; else inside Bitbucket's frame, where Bitbucket is asked. */
  readonly isSignedIn: boolean;
}

const rights = [
  { name: 'nobody', words: [] },
  { name: 'one', words: ['alpha'] },
  { name: 'several', words: ['bravo', 'delta', 'empty'] },
  { name: 'everything', words: ['alpha', 'bravo', 'cello', 'delta', 'empty'] },
] as const;
export const viewers: readonly Viewer[] = [
  ...rights.flatMap((one) => [false, true].map((isSignedIn) => ({ ...one, isSignedIn }))),
  { name: 'administrator', words: null, isSignedIn: true },
];
export const theAdministrator: Viewer = { name: 'administrator', words: null, isSignedIn: false };

/** The repositories that a viewer may see: the public one too. */
export function listSeen({ words }: Viewer) {
  return repositories.filter(({ word, isPrivate }) => words === null || !isPrivate || words.includes(word));
}

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** What is sent beside an address; without it the address is only looked at. */
export interface Sent {
  readonly method?: string;
  readonly type?: string;
  readonly body?: string | null;
}

/** The web room with everything behind it over the canary world; Bitbucket tells who may see what. */
export interface ViewedWeb {
  readonly web: TestWeb;
  readonly app: WebApp;
  /** Of the whole workspace, to read; with a repository bound to it, and with `write` as of the settings. */
  issue(viewer: Viewer, bound?: { readonly repository?: string; readonly role?: 'read' | 'write' }): Promise<string>;
  ask(session: string, address: string, more?: Sent): Promise<Reply>;
  /** As `ask`, of a web room of its own that has answered nobody yet. */
  askAnew(session: string, address: string): Promise<Reply>;
  /** What Bitbucket says from now on, of rights and of who administers the workspace. */
  rights: Map<string, readonly string[]>;
  bitbucket: Pick<BitbucketApi, 'listAdministrators'>;
  close(): Promise<void>;
}

const toViewer = ({ name, isSignedIn }: Viewer): string => {
  const index = rights.findIndex((one) => one.name === name);
  return `{c0c0c0c0-0000-4000-8000-0000000000${isSignedIn ? 2 : 1}${index}}`;
};
export const toViewerUuid = (viewer: Viewer): string => (viewer.words === null ? administrator.uuid : toViewer(viewer));

export async function openViewedWeb(): Promise<ViewedWeb> {
  const web = await createTestWeb();
  const { stores, clock, log } = { ...web, log: web.needs.log };
  await web.addTenant(acme);
  await saveCanaryWorld(stores, clock.now());
  const told = new Map<string, readonly string[]>();
  for (const viewer of viewers) if (viewer.words !== null) told.set(toViewerUuid(viewer), toUuids(viewer.words));
  const bitbucket: ViewedWeb['bitbucket'] = { listAdministrators: async () => [administrator.uuid] };
  const api = {
    listAdministrators: (of: string) => bitbucket.listAdministrators(of),
    listVisibleRepositories: async (_workspace: string, user: string) => told.get(user) ?? null,
  } as Partial<BitbucketApi> as BitbucketApi;
  const parts = { stores, clock, log, open: () => api, viewerRightsMinutes: 60, requestsPerHour: 1000 };
  const administrators = new Administrators(parts);
  const usage = async (workspace: string, now: number) => {
    return { ...(await stores.requests.usage(workspace, now)), limit: 1000 };
  };
  const importStatus = createImportStatus({ ...parts, usage });
  const createApp = () =>
    createWebApp({
      ...{ ...web.needs, administrators, importStatus },
      viewers: new Viewers({ ...parts, administrators }),
      administration: createAdministration(stores, clock),
      reporting: createReporting(stores, {
        clock,
        bitbucketUrl: 'https://bitbucket.org',
        loadProgress: importStatus.loadProgress,
      }),
    });
  const app = createApp();
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ web, app, rights: told, bitbucket },
    issue: (viewer, bound = {}) => issue(web, viewer, bound),
    async ask(session, address, { method = 'GET', type, body = null } = {}) {
      const headers = { authorization: `Bearer ${session}`, ...(type !== undefined && { 'content-type': type }) };
      const reply = await fetch(`${base}${address}`, { redirect: 'manual', method, body, headers });
      return { status: reply.status, type: reply.headers.get('content-type') ?? '', text: await reply.text() };
    },
    askAnew: (session, address) => askOnce(createApp(), session, address),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await web.close();
    },
  };
}

async function askOnce(app: WebApp, session: string, address: string): Promise<Reply> {
  const { status, headers, text } = await request(app).get(address).set('Authorization', `Bearer ${session}`);
  return { status, type: headers['content-type'] ?? '', text };
}

function toUuids(words: readonly string[]): string[] {
  return repositories.filter(({ word }) => words.includes(word)).map(({ uuid }) => uuid);
}

async function issue(
  { stores, clock, sessions }: TestWeb,
  viewer: Viewer,
  { repository, role = 'read' }: { readonly repository?: string; readonly role?: 'read' | 'write' },
): Promise<string> {
  const uuid = toViewerUuid(viewer);
  const signIn = viewer.isSignedIn ? `sign-in of ${viewer.name}` : null;
  if (signIn !== null) {
    const now = clock.now();
    const about = { way: 'bitbucket', viewer: uuid, userUuid: uuid, name: viewer.name } as const;
    await stores.viewers.saveSignIn({ id: signIn, ...about, startedAt: now, endsAt: now + day });
    const read = { isAdministrator: viewer.words === null, repositories: viewer.words && toUuids(viewer.words) };
    await stores.viewers.saveRights(workspace, uuid, { ...read, readAt: now });
  }
  const page = role === 'write' ? 'settings' : 'workspace';
  const grant = { workspace, repositoryUuid: repository ?? null, role, page, userUuid: uuid, viewer: uuid, signIn };
  const issued = await sessions.issue(grant);
  if (issued === null) throw new Error('The workspace has no open connection.');
  return issued.session;
}
