import { z } from 'zod';
import { conditionSchema } from './conditions';

const page = z.looseObject({
  key: z.string(),
  name: z.looseObject({ value: z.string() }),
  url: z.string(),
  conditions: z.array(conditionSchema).default([]),
});
const panel = page.extend({ location: z.string() });
const webhook = z.looseObject({ event: z.string(), url: z.string() });

/** The parts of a descriptor that Bitbucket acts on. */
const appDescriptor = z.looseObject({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  baseUrl: z.string().transform((url) => url.replace(/\/$/u, '')),
  authentication: z.looseObject({ type: z.literal('jwt') }),
  lifecycle: z.record(z.string(), z.string()).default({}),
  scopes: z.array(z.string()).default([]),
  contexts: z.array(z.string()).default(['account']),
  modules: z.looseObject({
    profileTabs: z.array(page).default([]),
    repoPages: z.array(panel).default([]),
    webPanels: z.array(panel).default([]),
    configurePage: page.optional(),
    webhooks: z.array(webhook).default([]),
  }),
});

export type AppDescriptor = z.infer<typeof appDescriptor>;
export type AppPage = z.infer<typeof page>;

const knownScopes = new Set([
  ...['account', 'account:write', 'project', 'project:admin', 'repository', 'repository:write', 'repository:admin'],
  ...['repository:delete', 'pullrequest', 'pullrequest:write', 'webhook', 'pipeline', 'email', 'snippet', 'runner'],
]);

/** Fetches and checks a descriptor; an unknown scope fails the installation, as on Bitbucket. */
export async function readDescriptor(appUrl: string): Promise<AppDescriptor> {
  const response = await fetch(`${appUrl.replace(/\/$/u, '')}/atlassian-connect.json`);
  if (!response.ok) {
    throw new Error(`The descriptor at ${appUrl} answers ${response.status}.`);
  }
  const descriptor = appDescriptor.parse(await response.json());
  const unknown = descriptor.scopes.find((scope) => !knownScopes.has(scope));
  if (unknown !== undefined) {
    throw new Error(`The descriptor asks for an unknown scope: ${unknown}`);
  }
  return descriptor;
}

/** Resolves an address of the descriptor against the app's base URL. */
export function toAppAddress(descriptor: AppDescriptor, url: string): string {
  return /^https?:\/\//u.test(url) ? url : `${descriptor.baseUrl}${url.startsWith('/') ? '' : '/'}${url}`;
}
