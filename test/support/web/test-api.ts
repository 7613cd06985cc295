import { Ajv2020 } from 'ajv/dist/2020';
import request, { type Test } from 'supertest';
import { createReporting } from '../../../src/reporting/reporting';
import type { Stores } from '../../../src/store/stores';
import type { WebDependencies } from '../../../src/web/routing/web-dependencies';
import { createWebApp, type WebApp } from '../../../src/web/web-app';
import { aWorkspaceUuid, webUuid } from '../builders';
import { noProgress } from '../facts/no-progress';
import { acme, createTestWeb } from './test-web';
import { adaNamed } from './nobody-named';

/** The real API over a real database with the facts of a test; settings can be saved. */
export interface TestApi {
  readonly app: WebApp;
  readonly stores: Stores;
  /** Sessions: for reading and for writing the whole workspace, and for reading what the repository `webUuid` may show. */
  readonly reader: string;
  readonly writer: string;
  readonly ofWeb: string;
  get(route: string, session?: string): Test;
  /** Of the settings. */
  patch(change: object, session?: string): Test;
  close(): Promise<void>;
}

/** Starts it; `save` fills the database. */
export async function startTestApi(
  save: (stores: Stores) => Promise<void>,
  rooms: Partial<WebDependencies> = {},
): Promise<TestApi> {
  const web = await createTestWeb();
  const { stores, clock, needs, sessions } = web;
  await web.addTenant(acme);
  await save(stores);
  const bitbucketUrl = 'https://bitbucket.org';
  const app = createWebApp({
    ...needs,
    reporting: createReporting(stores, { clock, bitbucketUrl, loadProgress: async () => noProgress }),
    administration: {
      ...needs.administration,
      saveSettings: async (workspace, settings) => stores.settings.save(workspace, settings),
    },
    ...rooms,
  });
  const issue = async (role: 'read' | 'write', repositoryUuid: string | null): Promise<string> => {
    const grant = { workspace: aWorkspaceUuid, repositoryUuid, role, page: 'workspace', ...adaNamed };
    return (await sessions.issue(grant))?.session ?? '';
  };
  const [reader, writer, ofWeb] = [await issue('read', null), await issue('write', null), await issue('read', webUuid)];
  const authorise = (asked: Test, session: string): Test => asked.set('Authorization', `Bearer ${session}`);
  return {
    ...{ app, stores, reader, writer, ofWeb },
    get: (route, session = reader) => authorise(request(app).get(`/api/v1${route}`), session),
    patch: (change, session = writer) => authorise(request(app).patch('/api/v1/settings'), session).send(change),
    close: () => web.close(),
  };
}

/** Where an answer of a route is not what the description of the API says of a schema; `null`: nowhere. */
export async function findSchemaErrors(api: TestApi, route: string, schema: string) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema((await api.get('/openapi.json').expect(200)).body as Record<string, unknown>, 'openapi');
  ajv.validate(`openapi#/components/schemas/${schema}`, (await api.get(route)).body);
  return ajv.errors;
}
