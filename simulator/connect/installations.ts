import { randomBytes } from 'node:crypto';
import { presentPrincipal } from '../present/account';
import { readDescriptor, toAppAddress, type AppDescriptor } from './app-descriptor';
import { signForApp } from './tokens';
import { writeSpaced } from './write-spaced';
import type { Addresses } from '../present/links';
import type { Account, Clock, Workspace } from '../world/model';

/** An app in a workspace. It keeps its client key and its secret over an uninstall. */
export interface Installation {
  readonly workspace: Workspace;
  readonly clientKey: string;
  descriptor: AppDescriptor;
  /** In force since the app last answered an `installed` call with success; `null` before the first. */
  secret: string | null;
  isInstalled: boolean;
}

export interface LifecycleAnswer {
  readonly status: number;
  readonly body: string;
  readonly installation: Installation;
}

export type LifecycleEvent = 'installed' | 'uninstalled' | 'enabled' | 'disabled';

export class Installations {
  readonly #all = new Map<string, Installation>();

  constructor(
    private readonly addresses: Addresses,
    private readonly clock: Clock,
  ) {}

  /** The app's installation in a workspace, also after an uninstall. */
  get(workspaceUuid: string): Installation | null {
    return this.#all.get(workspaceUuid) ?? null;
  }

  /** The live installation of a client key. */
  findLive(clientKey: string | null): Installation | null {
    return [...this.#all.values()].find((one) => one.clientKey === clientKey && one.isInstalled) ?? null;
  }

  /**
   * Installs, or installs again: the first call is not signed, later ones are signed with the secret before.
   * The new secret holds only once the app has answered with success.
   */
  async install(workspace: Workspace, appUrl: string): Promise<LifecycleAnswer> {
    const descriptor = await readDescriptor(appUrl);
    const clientKey = `ari:cloud:bitbucket::app/${workspace.uuid}/${descriptor.key}`;
    const installation = this.#all.get(workspace.uuid) ?? {
      workspace,
      clientKey,
      descriptor,
      secret: null,
      isInstalled: false,
    };
    installation.descriptor = descriptor;
    const secret = randomBytes(48).toString('base64url');
    const answer = await this.#call(installation, 'installed', secret);
    if (isSuccess(answer.status)) {
      installation.secret = secret;
      installation.isInstalled = true;
      this.#all.set(workspace.uuid, installation);
    }
    return answer;
  }

  /** As installed before this simulator began, with a secret that the app knows: nothing is called. */
  async adopt(workspace: Workspace, app: { readonly appUrl: string; readonly secret: string }): Promise<void> {
    const descriptor = await readDescriptor(app.appUrl);
    const clientKey = `ari:cloud:bitbucket::app/${workspace.uuid}/${descriptor.key}`;
    this.#all.set(workspace.uuid, { workspace, clientKey, descriptor, secret: app.secret, isInstalled: true });
  }

  /** Uninstalls, enables or disables, signed with the secret in force. */
  async notify(workspace: Workspace, event: Exclude<LifecycleEvent, 'installed'>): Promise<LifecycleAnswer> {
    const installation = this.#all.get(workspace.uuid);
    if (installation === undefined) {
      throw new Error(`No app is installed in ${workspace.slug}.`);
    }
    const answer = await this.#call(installation, event, null);
    installation.isInstalled = event === 'enabled' || (installation.isInstalled && event !== 'uninstalled');
    return answer;
  }

  async #call(installation: Installation, event: LifecycleEvent, newSecret: string | null): Promise<LifecycleAnswer> {
    const { descriptor, clientKey, secret } = installation;
    const path = descriptor.lifecycle[event];
    if (path === undefined) {
      return { status: 204, body: '', installation };
    }
    const url = toAppAddress(descriptor, path);
    const request = { method: 'POST', url, baseUrl: descriptor.baseUrl };
    const token = secret === null ? null : signForApp(request, { clientKey, secret }, this.clock);
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'python-requests/2.22.0',
        ...(token === null ? {} : { authorization: `JWT ${token}` }),
      },
      body: writeSpaced(this.#toBody(installation, event, newSecret)),
      redirect: 'manual',
    });
    return { status: response.status, body: await response.text(), installation };
  }

  #toBody({ workspace, descriptor, clientKey }: Installation, event: LifecycleEvent, secret: string | null): unknown {
    const principal = presentPrincipal(this.addresses, workspace);
    const owner = workspace.people.get(workspace.ownerUuid);
    const body = {
      productType: 'bitbucket',
      principal,
      eventType: event,
      baseUrl: this.addresses.base,
      publicKey: 'not a key',
      user: principal,
      key: descriptor.key,
      baseApiUrl: this.addresses.base,
      clientKey,
    };
    return secret === null ? body : { ...body, actor: toActor(owner), sharedSecret: secret };
  }
}

/** In lifecycle bodies the actor's uuid comes without braces. */
function toActor(owner: Account | undefined): unknown {
  return owner === undefined ? null : { type: 'user', uuid: owner.uuid.slice(1, -1), account_id: owner.accountId };
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
