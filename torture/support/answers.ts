import { listAll, without } from '../../test/support/product/compare-with-world';
import type { ApiCaller } from '../../test/support/product/start-product';

const everything = 'from=2023-01-01&to=2027-12-31';
/** Sizes are read later than everything else, and not by the same requests. */
const later = ['lines_added', 'lines_removed', 'lines_changed', 'size'];
const passing = ['url', 'teams_as_of', 'time_open', 'time_in_progress', 'time_stale', 'stale'];

/** Every row that the API lists, without what the clock alone changes. */
export async function listEverything(api: ApiCaller): Promise<ReadonlyMap<string, unknown[]>> {
  const lists: [string, string][] = [
    ['deployments', everything],
    ['incidents', everything],
    ['pull-requests', `${everything}&state=merged`],
    ['pull-requests', `${everything}&state=open`],
  ];
  const found = new Map<string, unknown[]>();
  for (const [route, query] of lists) {
    const items = await listAll(api, `/${route}`, query);
    found.set(`${route}?${query}`, without(items, ...passing, ...later));
  }
  return found;
}
