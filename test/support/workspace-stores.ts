import { anInstant, aWorkspaceUuid } from './builders';
import { openTestStores, type DatabaseKind, type TestStores } from './test-database';

/** Stores over a fresh database that know one workspace, `aWorkspaceUuid`; the caller closes them. */
export async function openWorkspaceStores(kind: DatabaseKind, connectedAt = anInstant): Promise<TestStores> {
  const stores = await openTestStores(kind);
  await stores.workspaces.save({ uuid: aWorkspaceUuid, slug: 'acme', name: 'Acme', connectedAt });
  return stores;
}
