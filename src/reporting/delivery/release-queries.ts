import type { DeliveryFilter, VisibleFilter } from '../filter/delivery-filter';
import type { RowPage } from '../filter/row-page';
import { readSelected } from '../pull-requests/read-selected';
import type { WorkspaceVersion } from '../version/workspace-version';
import { listFailures } from './failure-events';
import { readRelease } from './read-release';
import { chooseReleases, readReleases } from './release-items';

/** What the pages of days and releases ask of a version. `among`: a filter among what its reader may see. */
export function createReleaseQueries(version: WorkspaceVersion, among: (filter: DeliveryFilter) => VisibleFilter) {
  return {
    /** The deployments that the metrics count, with the words that people know them by. */
    listReleases: (filter: DeliveryFilter, page: RowPage) =>
      readSelected(version, chooseReleases(version, among(filter)), page),
    /** Of ids of any time, those that count, or with `isRaw` came; by id. */
    readReleases: (deployIds: readonly string[], choice: { readonly isRaw: boolean }) =>
      readReleases(version, deployIds, choice),
    /** The incidents of all time as events; the dates of the filter do not matter. */
    listFailures: (filter: DeliveryFilter) => listFailures(version, among(filter)),
    /** `null`: the merge of that pull request was no deployment, or there is no such pull request. */
    readRelease: (repositoryUuid: string, number: number, choice: { readonly isRaw: boolean }) =>
      readRelease(version, { repositoryUuid, number }, choice),
  };
}
